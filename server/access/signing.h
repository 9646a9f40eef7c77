// SPDX-License-Identifier: Apache-2.0
//
// Who must sign a consent at which age, by the municipality's own table, and how it applies to one
// young person (R5). Pure: no store, no clock.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "sspf/v1/consent.pb.h"

namespace sspf::access {

// Calendar days, both inclusive.
struct Days {
  std::string from_date;
  std::string to_date;
  bool include(const std::string& day) const { return from_date <= day && day <= to_date; }
};

// From an age on, until that of the next rule.
struct SignatureRule {
  int from_age = 0;
  v1::GuardianSignatures guardians = v1::GUARDIAN_SIGNATURES_ALL;
  bool youth = false;
};

// Where a municipality has not decided: under 15 every guardian, from 15 the youth, too, and from
// 18 the youth alone.
std::vector<SignatureRule> default_signature_rules();

// What there is of one consent.
struct Signatures {
  std::uint32_t guardians_signed = 0;
  std::uint32_t guardians = 0;  // whom the young person has
  std::string youth_signed_on;  // empty when the youth has not
  // Overridden with a reason; unspecified when none is.
  v1::SignatoryRole overridden = v1::SIGNATORY_ROLE_UNSPECIFIED;
  std::string recorded_on;  // and with it the override
};

struct MissingSignatures {
  bool guardian = false;
  bool youth = false;
  bool any() const { return guardian || youth; }
};

// The rules, seen for one person. It answers questions and tells no birth date.
class Signing {
 public:
  // In the order of their ages, the first from birth. Without a birth date the first rule applies,
  // and the youth signs too when any rule asks for it: nobody knows that the person is a child.
  Signing(std::vector<SignatureRule> rules, std::optional<std::string> birth_date)
      : rules_(std::move(rules)), birth_date_(std::move(birth_date)) {}

  // What is required on that day and not there. What the youth signed before the birthday from
  // which rules ask for it does not count, nor does an override from before it: 15 and 18 ask for a
  // new consent (R6). From 18 nobody's override stands for the person.
  MissingSignatures missing(const Signatures& given, const std::string& day) const;
  // Nothing is missing on the first of the days, and something is on a later one.
  bool lapses_within(const Signatures& given, const Days& days) const;
  bool asks_every_guardian(const std::string& day) const;
  // False when the birth date is not known.
  bool is_below(int age, const std::string& day) const;

 private:
  using Rules = std::vector<SignatureRule>;

  Rules::const_iterator rule_on(const std::string& day) const;
  bool asks_youth(Rules::const_iterator rule) const;
  // The birthday from which the youth's word counts, under this rule.
  std::string word_counts_from(Rules::const_iterator rule) const;

  Rules rules_;
  std::optional<std::string> birth_date_;
};

}  // namespace sspf::access
