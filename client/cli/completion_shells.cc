// SPDX-License-Identifier: Apache-2.0
//
// The completion rules in the language of each shell. All three first find the name of the command
// in what was typed, and then look for a rule of that place.
#include "client/cli/completion.h"

namespace sspf::cli {
namespace {

// In single quotes, as bash and zsh want them.
std::string quoted(const std::string& text) {
  std::string result = "'";
  for (const char letter : text) {
    if (letter == '\'') {
      result += "'\\''";
    } else {
      result += letter;
    }
  }
  return result + "'";
}

std::string fish_quoted(const std::string& text) {
  std::string result = "'";
  for (const char letter : text) {
    if (letter == '\'' || letter == '\\') result += '\\';
    result += letter;
  }
  return result + "'";
}

std::string joined(const CompletionRule& rule) {
  std::string text;
  for (const auto& candidate : rule.candidates) text += (text.empty() ? "" : " ") + candidate.word;
  return text;
}

std::string nouns() {
  std::string text = " ";
  for (const auto& noun : all_nouns()) text += std::string(noun.name) + " ";
  return text;
}

// Skips options, and the values of those that may come before the command.
constexpr const char* find_name = R"(
  for word in "${typed[@]}"; do
    if [[ -n $skip ]]; then skip=; continue; fi
    case $word in
      --context|--output|-o|--lang|--passphrase-file|--timeout) skip=yes; continue ;;
      -*) continue ;;
    esac
    if [[ -z $name ]]; then name=$word; continue; fi
    [[ $nouns == *" $name "* ]] && name="$name $word"
    break
  done
)";

bool is_value(const CompletionRule& rule) { return rule.place.find(" --") != std::string::npos; }

std::string bash_cases(const std::vector<CompletionRule>& rules, bool (*is_wanted)(bool)) {
  std::string cases;
  for (const auto& rule : rules) {
    if (!is_wanted(is_value(rule))) continue;
    cases += "    " + quoted(rule.place) + ") words=" + quoted(joined(rule)) +
             (rule.has_files ? "; files=yes" : "") + " ;;\n";
  }
  return cases;
}

std::string zsh_cases(const std::vector<CompletionRule>& rules, bool (*is_wanted)(bool)) {
  std::string cases;
  for (const auto& rule : rules) {
    if (!is_wanted(is_value(rule))) continue;
    cases += "    " + quoted(rule.place) + ") candidates=(\n";
    for (const auto& candidate : rule.candidates) {
      const std::string meaning = candidate.meaning.empty() ? "" : ":" + candidate.meaning;
      cases += "      " + quoted(candidate.word + meaning) + "\n";
    }
    cases += std::string("    )") + (rule.has_files ? "; files=yes" : "") + " ;;\n";
  }
  return cases;
}

bool of_values(bool is_of_value) { return is_of_value; }
bool of_places(bool is_of_value) { return !is_of_value; }

}  // namespace

std::string bash_completion(const std::vector<CompletionRule>& rules) {
  return "# bash completion for sspf, made by `sspf completion bash`\n"
         "_sspf() {\n"
         "  local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]}\n"
         "  local typed=(\"${COMP_WORDS[@]:1:COMP_CWORD-1}\")\n"
         "  local word name= skip= words= files= found=yes nouns=" +
         quoted(nouns()) + std::string(find_name) + "  case \"$name $previous\" in\n" +
         bash_cases(rules, of_values) +
         "    *) found= ;;\n  esac\n"
         "  [[ -n $found ]] || case $name in\n" +
         bash_cases(rules, of_places) +
         "  esac\n"
         "  COMPREPLY=($(compgen -W \"$words\" -- \"$current\"))\n"
         "  [[ -z $files ]] || COMPREPLY+=($(compgen -f -- \"$current\"))\n"
         "}\n"
         "complete -F _sspf sspf\n";
}

std::string zsh_completion(const std::vector<CompletionRule>& rules) {
  return "#compdef sspf\n"
         "# zsh completion for sspf, made by `sspf completion zsh`\n"
         "_sspf() {\n"
         "  local previous=${words[CURRENT-1]}\n"
         "  local -a typed candidates; typed=(\"${(@)words[2,CURRENT-1]}\")\n"
         "  local word name= skip= files= found=yes nouns=" +
         quoted(nouns()) + std::string(find_name) + "  case \"$name $previous\" in\n" +
         zsh_cases(rules, of_values) +
         "    *) found= ;;\n  esac\n"
         "  [[ -n $found ]] || case $name in\n" +
         zsh_cases(rules, of_places) +
         "  esac\n"
         "  (( ! $#candidates )) || _describe -t words sspf candidates\n"
         "  [[ -z $files ]] || _files\n"
         "}\n"
         "if [[ $funcstack[1] == _sspf ]]; then _sspf \"$@\"; else compdef _sspf sspf; fi\n";
}

std::string fish_completion(const std::vector<CompletionRule>& rules) {
  std::string text =
      "# fish completion for sspf, made by `sspf completion fish`\n"
      "function __sspf_name\n"
      "  set -l nouns (string split ' ' " +
      fish_quoted(nouns()) +
      ")\n"
      "  set -l names\n"
      "  set -l skip no\n"
      "  for word in (commandline -opc)[2..-1]\n"
      "    if test $skip = yes; set skip no; continue; end\n"
      "    switch $word\n"
      "      case --context --output -o --lang --passphrase-file --timeout\n"
      "        set skip yes\n"
      "      case '-*'\n"
      "      case '*'\n"
      "        set -a names $word\n"
      "    end\n"
      "    if test (count $names) -eq 1; and not contains -- $names[1] $nouns; break; end\n"
      "    if test (count $names) -eq 2; break; end\n"
      "  end\n"
      "  string join ' ' $names\n"
      "end\n"
      "function __sspf_at\n"
      "  set -l name (__sspf_name)\n"
      "  set -l previous (commandline -opc)[-1]\n"
      "  test \"$name\" = \"$argv[1]\" -o \"$name $previous\" = \"$argv[1]\"\n"
      "end\n"
      "complete -c sspf -f\n";
  for (const auto& rule : rules) {
    const std::string start =
        "complete -c sspf -n " + fish_quoted("__sspf_at " + fish_quoted(rule.place));
    for (const auto& candidate : rule.candidates) {
      text += start + " -a " + fish_quoted(candidate.word);
      if (!candidate.meaning.empty()) text += " -d " + fish_quoted(candidate.meaning);
      text += "\n";
    }
    if (rule.has_files) text += start + " -F\n";
  }
  return text;
}

}  // namespace sspf::cli
