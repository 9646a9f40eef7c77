// SPDX-License-Identifier: Apache-2.0
#include "crypto/cosignature.h"

#include <gtest/gtest.h>

#include <stdexcept>

#include "tests/unit/crypto/vectors.h"

namespace sspf::crypto {
namespace {

constexpr std::uint64_t at = 1679315147;

Note example() { return parse_note(vector_file("checkpoint_c2sp_example.txt")).value(); }

struct Witness {
  std::string name = "witness.example/w1";
  SigningKey key = SigningKey::generate();
  CosignatureVerifier verifier{name, key.public_key()};

  NoteSignature sign(const Note& note, std::uint64_t time) const {
    return cosign(note.text, {name, key}, time);
  }
};

// Those of another program, on the specification's own checkpoint.
TEST(Cosignature, PythonsAreOursByteForByte) {
  const auto rows = vector_lines("cosignatures_python.txt");
  ASSERT_EQ(rows.size(), 3U);
  for (const auto& row : rows) {
    ASSERT_EQ(row.size(), 5U);
    const auto verifier = CosignatureVerifier::parse(row[0]);
    ASSERT_TRUE(verifier) << row[0];
    EXPECT_EQ(verifier->text(), row[0]);
    const std::uint64_t time = std::stoull(row[2]);
    const SigningKey key(secret_from_hex(row[1]));
    EXPECT_EQ(key.public_key(), verifier->key);
    Note note = example();
    const NoteSignature line = cosign(note.text, {verifier->name, key}, time);
    EXPECT_EQ(marshal_signature(line), "\u2014 " + row[3] + " " + row[4] + "\n");
    const auto read = parse_note(marshal_note(note) + marshal_signature(line));
    ASSERT_TRUE(read);
    EXPECT_EQ(cosigned_at(*read, *verifier), time);
  }
}

// Its witness's key is not published; the form is.
TEST(Cosignature, TheSpecificationsExampleHoldsItsTime) {
  const auto bytes = from_base64(
      "jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZ"
      "qhf5nNo0xUe+mbIUBkBIfZ+qnA==");
  ASSERT_TRUE(bytes);
  const NoteSignature ours = Witness().sign(example(), at);
  ASSERT_EQ(bytes->size(), 4 + ours.signature.size());
  EXPECT_TRUE(std::equal(bytes->begin() + 4, bytes->begin() + 12, ours.signature.begin()));
}

TEST(Cosignature, NoPartOfItMayChange) {
  const Witness witness;
  Note note = example();
  note.signatures = {witness.sign(note, at)};
  ASSERT_EQ(cosigned_at(note, witness.verifier), at);
  for (std::size_t bit = 0; bit < note.signatures[0].signature.size() * 8; ++bit) {
    Note changed = note;
    changed.signatures[0].signature[bit / 8] ^= static_cast<std::uint8_t>(1U << (bit % 8));
    EXPECT_EQ(cosigned_by(changed, witness.verifier).standing, Standing::failed) << bit;
  }
  for (std::size_t i = 0; i < note.text.size(); ++i) {
    Note changed = note;
    changed.text[i] ^= 1;
    EXPECT_FALSE(cosigned_at(changed, witness.verifier)) << i;
  }
}

TEST(Cosignature, OtherFormsOfItFail) {
  const Witness witness;
  const Note note = example();
  const NoteSignature good = witness.sign(note, at);
  const auto standing = [&](const Bytes& signature) {
    return cosigned_by({note.text, {{good.name, good.key_id, signature}}}, witness.verifier)
        .standing;
  };
  EXPECT_EQ(standing(good.signature), Standing::verified);
  Bytes longer = good.signature;
  longer.push_back(0);
  EXPECT_EQ(standing(longer), Standing::failed);
  EXPECT_EQ(standing(Bytes(good.signature.begin(), good.signature.end() - 1)), Standing::failed);
  // A plain signature of the note by the same key is none.
  const Signature plain = witness.key.sign(view_of(note.text));
  EXPECT_EQ(standing(Bytes(plain.begin(), plain.end())), Standing::failed);
  Bytes timed(8);
  timed.insert(timed.end(), plain.begin(), plain.end());
  EXPECT_EQ(standing(timed), Standing::failed);
  // A time beyond 2^63 - 1, well signed.
  const std::string message = "cosignature/v1\ntime 9223372036854775808\n" + note.text;
  const Signature signature = witness.key.sign(view_of(message));
  Bytes beyond = {0x80, 0, 0, 0, 0, 0, 0, 0};
  beyond.insert(beyond.end(), signature.begin(), signature.end());
  EXPECT_EQ(standing(beyond), Standing::failed);
}

TEST(Cosignature, OnlyTheNameAndKeyIdMakeItTheWitnesss) {
  const Witness witness;
  const Witness other;
  Note note = example();
  note.signatures.push_back(witness.sign(note, at));
  EXPECT_EQ(cosigned_by(note, other.verifier).standing, Standing::absent);
  EXPECT_EQ(cosigned_by(note, {"witness.example/w2", witness.key.public_key()}).standing,
            Standing::absent);
  // The log's own signature stays what it was.
  EXPECT_EQ(note.signatures.size(), 2U);
}

TEST(Cosignature, TheNewestCountsAndOneThatFailsSpoilsAll) {
  const Witness witness;
  Note note = example();
  note.signatures.push_back(witness.sign(note, at + 60));
  note.signatures.push_back(witness.sign(note, at));
  EXPECT_EQ(cosigned_at(note, witness.verifier), at + 60);
  note.signatures.back().signature.back() ^= 1;
  EXPECT_EQ(cosigned_by(note, witness.verifier).standing, Standing::failed);
  EXPECT_FALSE(cosigned_at(note, witness.verifier));
}

TEST(Cosignature, OnlyATimeATextAndANameAreSigned) {
  const Witness witness;
  const std::string wrong = "a b";
  EXPECT_THROW(cosign("text", {witness.name, witness.key}, at), std::invalid_argument);
  EXPECT_THROW(cosign("te\txt\n", {witness.name, witness.key}, at), std::invalid_argument);
  EXPECT_THROW(cosign("text\n", {wrong, witness.key}, at), std::invalid_argument);
  EXPECT_NO_THROW(cosign("text\n", {witness.name, witness.key}, cosignature_time_max));
  EXPECT_THROW(cosign("text\n", {witness.name, witness.key}, cosignature_time_max + 1),
               std::invalid_argument);
}

TEST(CosignatureVerifier, AKeyOfALogIsNone) {
  const Witness witness;
  const NoteVerifier log{witness.name, witness.key.public_key()};
  EXPECT_FALSE(CosignatureVerifier::parse(log.text()));
  EXPECT_FALSE(NoteVerifier::parse(witness.verifier.text()));
  EXPECT_NE(log.key_id(), witness.verifier.key_id());
}

TEST(CosignatureVerifier, EveryMangledFormIsRefused) {
  const std::string text = Witness().verifier.text();
  ASSERT_TRUE(CosignatureVerifier::parse(text));
  for (std::size_t i = 0; i < text.size(); ++i) {
    std::string mangled = text;
    ++mangled[i];
    EXPECT_FALSE(CosignatureVerifier::parse(mangled)) << mangled;
    EXPECT_FALSE(CosignatureVerifier::parse(text.substr(0, i)));
  }
}

}  // namespace
}  // namespace sspf::crypto
