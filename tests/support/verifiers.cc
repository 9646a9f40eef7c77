// SPDX-License-Identifier: Apache-2.0
#include "tests/support/verifiers.h"

#include <nlohmann/json.hpp>
#include <ostream>
#include <sstream>
#include <stdexcept>

#include "tests/places/places.h"
#include "tests/support/program.h"
#include "tests/support/site.h"

namespace sspf::test {
namespace {

using Words = std::vector<std::string>;

void append(Words& words, const Words& more) {
  words.insert(words.end(), more.begin(), more.end());
}

// "events[20]" -> "20"
std::string number_in(const std::string& field) {
  const auto begin = field.find('[');
  return begin == std::string::npos ? "" : field.substr(begin + 1, field.size() - begin - 2);
}

Judgement judged_by_command(const std::filesystem::path& exported, const Words& against) {
  Start start;
  start.words = {(build_folder() / "client/cli/sspf").string(), "audit", "verify",
                 exported.string()};
  append(start.words, against);
  append(start.words, {"--output", "json"});
  const Ended ended = run(start);
  if (ended.exit_code != 1) return {ended.exit_code, ""};
  return {1, number_in(nlohmann::json::parse(ended.err).at("error").value("field", ""))};
}

Judgement judged_by_oracle(const std::filesystem::path& exported, const Words& against) {
  Start start;
  start.words = {"/usr/bin/python3", (source_folder() / "tests/oracle/sspf_verify.py").string(),
                 exported.string()};
  append(start.words, against);
  const Ended ended = run(start);
  std::string verdict;
  std::string event;
  std::istringstream(ended.out) >> verdict >> event;
  if (ended.exit_code != 1 || event == "-") return {ended.exit_code, ""};
  return {1, event};
}

}  // namespace

void PrintTo(const Judgement& judgement, std::ostream* out) {
  *out << "exit " << judgement.exit_code << ", first bad event '" << judgement.first_bad_event
       << "'";
}

Judgement judged_by_both(const std::filesystem::path& exported, const Words& against) {
  const Judgement first = judged_by_command(exported, against);
  const Judgement second = judged_by_oracle(exported, against);
  if (first == second) return first;
  std::ostringstream text;
  text << "the verifiers do not agree: ";
  PrintTo(first, &text);
  text << " and ";
  PrintTo(second, &text);
  throw std::runtime_error(text.str());
}

Judgement judged_by_both(const std::filesystem::path& folder, const std::string& exported,
                         const std::string& verifier_key, const Words& kept_notes) {
  const auto file = folder / "judged-export";
  write_private(file, exported);
  Words against{"--key", verifier_key};
  for (std::size_t i = 0; i < kept_notes.size(); ++i) {
    const auto kept = folder / ("judged-checkpoint-" + std::to_string(i));
    write_private(kept, kept_notes[i]);
    append(against, {"--checkpoint", kept.string()});
  }
  return judged_by_both(file, against);
}

}  // namespace sspf::test
