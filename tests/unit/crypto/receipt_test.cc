// SPDX-License-Identifier: Apache-2.0
#include "crypto/receipt.h"

#include <gtest/gtest.h>

#include <map>

#include "tests/unit/crypto/log_fixture.h"

namespace sspf::crypto {
namespace {

using test::check_number;
using test::log_verifier;
using test::note_of;
using test::numbered_events;

Receipt receipt_of(const std::vector<std::string>& events, std::uint64_t index) {
  std::map<std::pair<std::uint32_t, std::uint64_t>, Digest> nodes;
  merkle::Frontier tree;
  for (const std::string& event : events) {
    for (const auto& node : tree.append(merkle::leaf_hash(view_of(event)))) {
      nodes[{node.level, node.index}] = node.hash;
    }
  }
  const ByteView event = view_of(events.at(index));
  return {.event = {event.begin(), event.end()},
          .index = index,
          .proof = merkle::inclusion_proof(index, events.size(),
                                           [&](std::uint32_t level, std::uint64_t at) {
                                             return nodes.at({level, at});
                                           }),
          .checkpoint_note = note_of(events, events.size())};
}

VerifyReport judge(const Receipt& receipt) {
  return verify_receipt(receipt, {.log = log_verifier(), .earlier_notes = {}}, check_number);
}

TEST(Receipt, IsTheTextOfTheSpecification) {
  const Receipt receipt = receipt_of(numbered_events(3), 2);
  const std::string text = marshal_receipt(receipt);
  EXPECT_TRUE(text.starts_with("c2sp.org/tlog-proof@v1\nextra ZXZlbnQgMg==\nindex 2\n")) << text;
  EXPECT_TRUE(text.ends_with("\n\n" + receipt.checkpoint_note));
  const auto read = parse_receipt(text);
  ASSERT_TRUE(read);
  EXPECT_EQ(marshal_receipt(*read), text);
  EXPECT_EQ(read->event, receipt.event);
  EXPECT_EQ(read->proof, receipt.proof);
}

TEST(Receipt, OfEveryEventVerifies) {
  const auto events = numbered_events(20);
  for (std::uint64_t index = 0; index < events.size(); ++index) {
    EXPECT_EQ(judge(receipt_of(events, index)).outcome, VerifyOutcome::ok) << index;
  }
}

TEST(Receipt, OfAnotherEventOrPlaceDoesNot) {
  const Receipt good = receipt_of(numbered_events(20), 7);
  Receipt event = good;
  event.event.front() ^= 1U;
  Receipt proof = good;
  proof.proof.front()[0] ^= 1U;
  Receipt shorter = good;
  shorter.proof.pop_back();
  for (const Receipt& bad : {event, proof, shorter}) {
    const VerifyReport report = judge(bad);
    EXPECT_EQ(report.outcome, VerifyOutcome::tampered);
    EXPECT_EQ(report.findings.front().event, 7U);
  }
  Receipt place = good;
  place.index = 8;  // what its text says is checked, too
  EXPECT_EQ(judge(place).outcome, VerifyOutcome::tampered);
  Receipt note = good;
  note.checkpoint_note = "no note";
  EXPECT_EQ(judge(note).outcome, VerifyOutcome::cannot_tell);
}

TEST(Receipt, WhatIsNotOneIsRefused) {
  const std::string good = marshal_receipt(receipt_of(numbered_events(3), 1));
  ASSERT_TRUE(parse_receipt(good));
  const auto with = [&good](const std::string& from, const std::string& to) {
    std::string text = good;
    text.replace(text.find(from), from.size(), to);
    return text;
  };
  for (const std::string& bad :
       {std::string(), with("proof@v1", "proof@v2"), with("extra ", "Extra "),
        with("extra ZXZlbnQgMQ==\n", ""), with("ZXZlbnQgMQ==", "ZXZlbnQgMQ"),
        with("ZXZlbnQgMQ==", ""), with("index 1", "index 01"), with("index 1", "index -1"),
        with("index 1", "index 18446744073709551616"), with("index 1\n", "index 1\nAAAA\n"),
        good.substr(0, good.find("\n\n") + 1), std::string(receipt_first_line)}) {
    EXPECT_FALSE(parse_receipt(bad)) << bad;
  }
  std::string long_proof = with(
      "index 1\n", "index 1\n" + [] {
        std::string lines;
        for (int i = 0; i < 64; ++i) lines += std::string(43, 'A') + "=\n";
        return lines;
      }());
  EXPECT_FALSE(parse_receipt(long_proof));
  EXPECT_FALSE(parse_receipt(good + std::string(receipt_bytes_max, 'x')));
}

}  // namespace
}  // namespace sspf::crypto
