// SPDX-License-Identifier: Apache-2.0
#include "crypto/note.h"

#include <gtest/gtest.h>

#include <stdexcept>

#include "crypto/merkle.h"
#include "tests/unit/crypto/vectors.h"

namespace sspf::crypto {
namespace {

// The key pair of the example in the documentation of Go's note package.
constexpr std::string_view go_verifier =
    "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
constexpr std::string_view go_typed_seed = "AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz";

const std::string line_a = "\u2014 a AAAAAAE=\n";  // the shortest signature: one byte

SigningKey go_key() {
  const Bytes typed = from_base64(go_typed_seed).value();
  return SigningKey(Secret(ByteView(typed).subspan(1)));
}

Note go_note() { return parse_note(vector_file("note_go_example.txt")).value(); }

TEST(Note, GoExampleVerifies) {
  const auto verifier = NoteVerifier::parse(go_verifier);
  ASSERT_TRUE(verifier);
  EXPECT_EQ(verifier->name, "PeterNeumann");
  EXPECT_EQ(verifier->key_id(), 0xc74f20a3U);
  EXPECT_EQ(verifier->text(), go_verifier);
  EXPECT_TRUE(verify_note(go_note(), *verifier));
}

TEST(Note, SigningGivesTheGoExampleByteForByte) {
  const Note note = sign_note(go_note().text, "PeterNeumann", go_key());
  EXPECT_EQ(marshal_note(note), vector_file("note_go_example.txt"));
}

TEST(Note, SpecificationExamplesParseAndMarshalBack) {
  for (const char* const name : {"note_c2sp_example.txt", "checkpoint_c2sp_example.txt"}) {
    const auto note = parse_note(vector_file(name));
    ASSERT_TRUE(note) << name;
    EXPECT_EQ(marshal_note(*note), vector_file(name));
  }
  const Note note = parse_note(vector_file("note_c2sp_example.txt")).value();
  EXPECT_TRUE(note.text.ends_with("sera.\n"));
  ASSERT_EQ(note.signatures.size(), 1U);
  EXPECT_EQ(note.signatures[0].name, "quasimodo.example/salvatore");
  EXPECT_EQ(note.signatures[0].key_id, 0x367ba04bU);
  EXPECT_EQ(note.signatures[0].signature.size(), 64U);
}

// The format's page shows a log of three events, signed with a published key.
TEST(Note, TheDocumentsExampleIsWhatWeWrite) {
  const SigningKey key(
      secret_from_hex("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb"));
  merkle::Frontier tree;
  for (const char* const event : {"a", "b", "c"}) tree.append(merkle::leaf_hash(view_of(event)));
  const Checkpoint checkpoint{
      .origin = "sspf.example/audit/1", .size = tree.size(), .root = tree.root()};
  const NoteVerifier verifier{.name = checkpoint.origin, .key = key.public_key()};
  const Note note = sign_note(marshal_checkpoint(checkpoint), checkpoint.origin, key);
  const std::string page = source_file("proto/sspf/v1/checkpoint.md");
  for (const std::string& shown : {note.text, verifier.text() + "\n", marshal_note(note)}) {
    EXPECT_NE(page.find("```\n" + shown + "```\n"), std::string::npos) << shown;
  }
}

TEST(Note, AnyFlippedBitIsRefusedOrDoesNotVerify) {
  const NoteVerifier verifier = NoteVerifier::parse(go_verifier).value();
  std::string bytes = vector_file("note_go_example.txt");
  for (std::size_t bit = 0; bit < bytes.size() * 8; ++bit) {
    const char kept = bytes[bit / 8];
    bytes[bit / 8] = static_cast<char>(kept ^ static_cast<char>(1U << (bit % 8)));
    const auto note = parse_note(bytes);
    EXPECT_FALSE(note && verify_note(*note, verifier)) << bit;
    bytes[bit / 8] = kept;
  }
}

TEST(Note, TheShortestParses) {
  const auto note = parse_note("\n\n" + line_a);
  ASSERT_TRUE(note);
  EXPECT_EQ(note->text, "\n");
  EXPECT_EQ(note->signatures[0].key_id, 0U);
  EXPECT_EQ(note->signatures[0].signature, Bytes{1});
}

TEST(Note, TheLastEmptyLineSeparates) {
  const auto note = parse_note("one\n\ntwo\n\n" + line_a);
  ASSERT_TRUE(note);
  EXPECT_EQ(note->text, "one\n\ntwo\n");
}

TEST(Note, WhatTheFormatDoesNotAllowIsRefused) {
  const std::vector<std::string> refused = {
      "",
      "text\n",
      "text\n\n",
      "text\n" + line_a,                                 // no empty line
      "text" + line_a,                                   //
      "text\n\n" + line_a.substr(0, line_a.size() - 1),  // no final newline
      "text\n\n" + line_a + "\n",                        // an empty line at the end
      "text\n\n" + line_a + "more\n",                    // not a signature line
      "text\n\n- a AAAAAAE=\n",                          // a hyphen
      "text\n\n\u2013 a AAAAAAE=\n",                     // an en dash
      "text\n\n\u2014a AAAAAAE=\n",                      // no space
      "text\n\n\u2014 AAAAAAE=\n",                       // no name
      "text\n\n\u2014  AAAAAAE=\n",                      // an empty name
      "text\n\n\u2014 a+b AAAAAAE=\n",                   // a plus sign in the name
      "text\n\n\u2014 a b AAAAAAE=\n",                   // a space in the name
      "text\n\n\u2014 a\u00a0b AAAAAAE=\n",              // Unicode spaces in the name
      "text\n\n\u2014 a\u2003b AAAAAAE=\n",              //
      "text\n\n\u2014 a\u3000b AAAAAAE=\n",              //
      "text\n\n\u2014 a\u0085 AAAAAAE=\n",               //
      "text\n\n\u2014 a AAAAAAF=\n",                     // base64 that is not canonical
      "text\n\n\u2014 a AAAAAAE\n",                      //
      "text\n\n\u2014 a AAAAAAE= \n",                    // something after it
      "text\n\n\u2014 a AAAAAA==\n",                     // a key id without a signature
      "text\n\n\u2014 a \n",                             //
      "te\txt\n\n" + line_a,                             // control characters
      "te\rxt\n\n" + line_a,                             //
      std::string("te\0xt\n\n", 7) + line_a,             //
      "te\x1bxt\n\n" + line_a,                           //
      "te\xffxt\n\n" + line_a,                           // not UTF-8
      "te\xc0\xafxt\n\n" + line_a,                       // overlong
      "te\xed\xa0\x80xt\n\n" + line_a,                   // a surrogate
      "te\xf4\x90\x80\x80xt\n\n" + line_a,               // beyond the last code point
      "te\xe2\x80\n\n" + line_a,                         // cut off
  };
  for (const std::string& bytes : refused) EXPECT_FALSE(parse_note(bytes)) << bytes;
  EXPECT_TRUE(parse_note("te\u00e9\U0010FFFFxt\n\n" + line_a));
}

TEST(Note, SixteenSignaturesAreTheMost) {
  std::string bytes = "text\n\n";
  for (int i = 0; i < 16; ++i) bytes += line_a;
  const auto note = parse_note(bytes);
  ASSERT_TRUE(note);
  EXPECT_EQ(note->signatures.size(), 16U);
  EXPECT_FALSE(parse_note(bytes + line_a));
}

TEST(Note, SixteenKibibytesAreTheMost) {
  const std::string end = "\n\n" + line_a;
  const std::string text(16384 - end.size(), 'x');
  EXPECT_TRUE(parse_note(text + end));
  EXPECT_FALSE(parse_note(text + "x" + end));
}

TEST(Note, OtherKeysLinesAreIgnored) {
  const NoteVerifier verifier = NoteVerifier::parse(go_verifier).value();
  const SigningKey witness = SigningKey::generate();
  Note note = sign_note("text\n", "PeterNeumann", go_key());
  note.signatures.push_back(sign_note("text\n", "witness", witness).signatures[0]);
  note.signatures.push_back(sign_note("else\n", "PeterNeumann", witness).signatures[0]);
  EXPECT_TRUE(verify_note(note, verifier));
  EXPECT_TRUE(verify_note(note, {.name = "witness", .key = witness.public_key()}));
  EXPECT_FALSE(verify_note(note, {.name = "absent", .key = witness.public_key()}));
}

TEST(Note, ASignatureOfTheKeyThatFailsSpoilsTheNote) {
  const NoteVerifier verifier = NoteVerifier::parse(go_verifier).value();
  const NoteSignature good = sign_note("text\n", "PeterNeumann", go_key()).signatures[0];
  const NoteSignature bad = sign_note("else\n", "PeterNeumann", go_key()).signatures[0];
  EXPECT_TRUE(verify_note({.text = "text\n", .signatures = {good, good}}, verifier));
  EXPECT_FALSE(verify_note({.text = "text\n", .signatures = {good, bad}}, verifier));
  EXPECT_FALSE(verify_note({.text = "text\n", .signatures = {bad, good}}, verifier));
  EXPECT_FALSE(verify_note({.text = "text\n", .signatures = {}}, verifier));
  NoteSignature cut = good;
  cut.signature.pop_back();
  EXPECT_FALSE(verify_note({.text = "text\n", .signatures = {cut}}, verifier));
}

TEST(Note, OnlyWhatParsesIsSigned) {
  const SigningKey key = SigningKey::generate();
  EXPECT_THROW(sign_note("text", "name", key), std::invalid_argument);
  EXPECT_THROW(sign_note("", "name", key), std::invalid_argument);
  EXPECT_THROW(sign_note("te\txt\n", "name", key), std::invalid_argument);
  EXPECT_THROW(sign_note("text\n", "", key), std::invalid_argument);
  EXPECT_THROW(sign_note("text\n", "a b", key), std::invalid_argument);
  EXPECT_THROW(sign_note("text\n", "a\n", key), std::invalid_argument);
  EXPECT_TRUE(parse_note(marshal_note(sign_note("text\n", "name", key))));
}

TEST(NoteVerifier, EveryPartAndEveryMangledFormIsRefused) {
  const std::string text(go_verifier);
  for (std::size_t first = 0; first <= text.size(); ++first) {
    for (std::size_t size = 0; size <= text.size() - first; ++size) {
      if (size == text.size()) continue;
      EXPECT_FALSE(NoteVerifier::parse(text.substr(first, size)));
    }
  }
  for (std::size_t i = 0; i < text.size(); ++i) {
    std::string mangled = text;
    ++mangled[i];
    EXPECT_FALSE(NoteVerifier::parse(mangled)) << mangled;
  }
  EXPECT_FALSE(NoteVerifier::parse(text + "\n"));
  EXPECT_FALSE(NoteVerifier::parse("PeterNeumann+C74F20A3+" + text.substr(22)));
}

TEST(NoteVerifier, AnotherTypeOrLengthOfKeyIsRefused) {
  // With the key id that would be right for them.
  EXPECT_FALSE(NoteVerifier::parse(
      "PeterNeumann+cc469956+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TWBADKEY=="));
  EXPECT_FALSE(
      NoteVerifier::parse("PeterNeumann+173116ae+ZRpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"));
}

TEST(Checkpoint, SpecificationExampleParsesAndMarshalsBack) {
  const Note note = parse_note(vector_file("checkpoint_c2sp_example.txt")).value();
  const auto checkpoint = parse_checkpoint(note.text);
  ASSERT_TRUE(checkpoint);
  EXPECT_EQ(checkpoint->origin, "example.com/behind-the-sofa");
  EXPECT_EQ(checkpoint->size, 20852163U);
  EXPECT_EQ(base64(checkpoint->root), "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=");
  EXPECT_EQ(marshal_checkpoint(*checkpoint), note.text);
}

TEST(Checkpoint, IsVerifiedByTheKeyAndTheNameOfItsLog) {
  const SigningKey key = SigningKey::generate();
  const Checkpoint checkpoint{.origin = "a.example/log", .size = 7, .root = Digest{7}};
  const NoteVerifier log{checkpoint.origin, key.public_key()};
  const std::string note = marshal_note(sign_note(marshal_checkpoint(checkpoint), log.name, key));
  EXPECT_EQ(checkpoint_in(note), checkpoint);
  EXPECT_EQ(verified_checkpoint(note, log), checkpoint);
  const NoteVerifier impostor{log.name, SigningKey::generate().public_key()};
  EXPECT_FALSE(verified_checkpoint(note, impostor));
  // Signed by the log with its own name, and about another.
  const std::string of_another =
      marshal_note(sign_note(marshal_checkpoint(checkpoint), "b.example/log", key));
  EXPECT_EQ(checkpoint_in(of_another), checkpoint);
  EXPECT_FALSE(verified_checkpoint(of_another, {"b.example/log", key.public_key()}));
  EXPECT_FALSE(checkpoint_in("no note"));
  EXPECT_FALSE(verified_checkpoint("no note", log));
}

TEST(Checkpoint, EverySizeComesBack) {
  for (const std::uint64_t size :
       {std::uint64_t{0}, std::uint64_t{1}, std::uint64_t{10}, ~std::uint64_t{0}}) {
    const Checkpoint checkpoint{.origin = "o", .size = size, .root = Digest{7}};
    EXPECT_EQ(parse_checkpoint(marshal_checkpoint(checkpoint)), checkpoint);
  }
}

TEST(Checkpoint, WhatTheFormatDoesNotAllowIsRefused) {
  const std::string root = base64(Digest{});
  const std::vector<std::string> refused = {
      "",
      "o\n",
      "o\n1\n",
      "o\n1\n" + root,                            // no final newline
      "\n1\n" + root + "\n",                      // no origin
      "o\n\n" + root + "\n",                      // no size
      "o\n01\n" + root + "\n",                    // a leading zero
      "o\n00\n" + root + "\n",                    //
      "o\n+1\n" + root + "\n",                    // not digits only
      "o\n-1\n" + root + "\n",                    //
      "o\n 1\n" + root + "\n",                    //
      "o\n1 \n" + root + "\n",                    //
      "o\n0x1\n" + root + "\n",                   //
      "o\n18446744073709551616\n" + root + "\n",  // 2^64
      "o\n1\n" + base64(Bytes(31)) + "\n",        // another length of root
      "o\n1\n" + base64(Bytes(33)) + "\n",        //
      "o\n1\n" + base64_unpadded(Digest{}) + "\n",
      "o\n1\n" + root.substr(0, 42) + "B=\n",  // not canonical
      "o\n1\n" + root + "\nextension\n",       // an extension line
      "o\n1\n" + root + "\n\n",                //
      "o\r\n1\n" + root + "\n",                // control characters, not UTF-8
      "o\xff\n1\n" + root + "\n",              //
  };
  for (const std::string& text : refused) EXPECT_FALSE(parse_checkpoint(text)) << text;
  EXPECT_TRUE(parse_checkpoint("o\n0\n" + root + "\n"));
  EXPECT_THROW(marshal_checkpoint({.origin = ""}), std::invalid_argument);
  EXPECT_THROW(marshal_checkpoint({.origin = "a\nb"}), std::invalid_argument);
}

}  // namespace
}  // namespace sspf::crypto
