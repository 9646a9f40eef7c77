// SPDX-License-Identifier: Apache-2.0
#include "crypto/note.h"

#include <algorithm>
#include <stdexcept>
#include <utility>

#include "crypto/encoding.h"
#include "crypto/text.h"
#include "crypto/verifier_key.h"

namespace sspf::crypto {
namespace {

constexpr std::size_t signatures_max = 16;
constexpr std::string_view signature_start = "\u2014 ";  // em dash, space

// One signature line without its newline.
std::optional<NoteSignature> parse_signature(std::string_view line) {
  if (!line.starts_with(signature_start)) return std::nullopt;
  line.remove_prefix(signature_start.size());
  const std::size_t space = line.find(' ');
  if (space == std::string_view::npos) return std::nullopt;
  const std::string_view name = line.substr(0, space);
  const std::optional<Bytes> bytes = from_base64(line.substr(space + 1));
  if (!is_key_name(name) || !bytes || bytes->size() <= key_id_bytes) return std::nullopt;
  return NoteSignature{.name = std::string(name),
                       .key_id = key_id_of(*bytes),
                       .signature = Bytes(bytes->begin() + key_id_bytes, bytes->end())};
}

bool is_by(const NoteSignature& signature, const NoteVerifier& verifier) {
  return signature.name == verifier.name && signature.key_id == verifier.key_id();
}

bool verifies(const Note& note, const NoteSignature& signature, const NoteVerifier& verifier) {
  Signature bytes{};
  if (signature.signature.size() != bytes.size()) return false;
  std::copy(signature.signature.begin(), signature.signature.end(), bytes.begin());
  return verify(verifier.key, view_of(note.text), bytes);
}

}  // namespace

std::optional<NoteVerifier> NoteVerifier::parse(std::string_view text) {
  auto named = parse_verifier_key(text, SignatureType::ed25519);
  if (!named) return std::nullopt;
  return NoteVerifier{.name = std::move(named->name), .key = named->key};
}

std::string NoteVerifier::text() const {
  return verifier_key_text({name, key}, SignatureType::ed25519);
}

std::uint32_t NoteVerifier::key_id() const {
  return verifier_key_id({name, key}, SignatureType::ed25519);
}

std::optional<Note> parse_note(std::string_view bytes) {
  if (bytes.size() > note_bytes_max || !is_note_text(bytes)) return std::nullopt;
  // The text may hold empty lines itself: the last one separates.
  const std::size_t separator = bytes.rfind("\n\n");
  if (separator == std::string_view::npos) return std::nullopt;
  Note note{.text = std::string(bytes.substr(0, separator + 1)), .signatures = {}};
  std::string_view lines = bytes.substr(separator + 2);
  while (!lines.empty()) {
    const std::size_t end = lines.find('\n');
    if (end == std::string_view::npos) return std::nullopt;
    std::optional<NoteSignature> signature = parse_signature(lines.substr(0, end));
    if (!signature || note.signatures.size() == signatures_max) return std::nullopt;
    note.signatures.push_back(*std::move(signature));
    lines.remove_prefix(end + 1);
  }
  if (note.signatures.empty()) return std::nullopt;
  return note;
}

std::string marshal_signature(const NoteSignature& signature) {
  Bytes identified;
  const auto key_id = bytes_of(signature.key_id);
  identified.insert(identified.end(), key_id.begin(), key_id.end());
  identified.insert(identified.end(), signature.signature.begin(), signature.signature.end());
  std::string line(signature_start);
  return line.append(signature.name).append(" ").append(base64(identified)).append("\n");
}

std::string marshal_note(const Note& note) {
  std::string bytes = note.text + "\n";
  for (const NoteSignature& signature : note.signatures) bytes += marshal_signature(signature);
  return bytes;
}

Note sign_note(std::string text, const std::string& name, const SigningKey& key) {
  if (!text.ends_with('\n') || !is_note_text(text)) {
    throw std::invalid_argument("a note's text is UTF-8 and ends in a newline");
  }
  if (!is_key_name(name)) {
    throw std::invalid_argument("a key's name is not empty and has no spaces and plus signs");
  }
  const NoteVerifier verifier{.name = name, .key = key.public_key()};
  const Signature signature = key.sign(view_of(text));
  NoteSignature line{.name = name,
                     .key_id = verifier.key_id(),
                     .signature = Bytes(signature.begin(), signature.end())};
  return Note{.text = std::move(text), .signatures = {std::move(line)}};
}

bool verify_note(const Note& note, const NoteVerifier& verifier) {
  bool is_verified = false;
  for (const NoteSignature& signature : note.signatures) {
    if (!is_by(signature, verifier)) continue;
    // A known key's signature that fails spoils the note, whatever stands beside it
    // (c2sp.org/signed-note, "Signatures").
    if (!verifies(note, signature, verifier)) return false;
    is_verified = true;
  }
  return is_verified;
}

}  // namespace sspf::crypto
