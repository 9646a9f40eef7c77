// SPDX-License-Identifier: Apache-2.0
//
// What permits of the review of the log open: one municipality's campaigns, and the texts about
// staff that are written there. None of them opens anything of a case; Sampling answers one
// question about a name and shows none. Made by policy::Authority alone.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <utility>

#include "crypto/secret.h"
#include "server/access/sealed.h"
#include "server/access/tally.h"

namespace sspf::policy {
class Authority;
}

namespace sspf::access {

// A text as it is stored, and the key of audit details that it was derived from.
struct ReviewText {
  KeyId key;
  Sealed sealed;
};

class ReviewTexts {
 public:
  // Under the month's key of this municipality; the digest goes to the audit event.
  ReviewText seal(const MunicipalityId& municipality, const Place& place,
                  std::string_view text) const;
  // Empty when its key has been destroyed. Throws Fault when it is not the one stored there.
  std::string open(const Place& place, const ReviewText& text) const;

 private:
  friend class policy::Authority;
  struct Keys {
    std::function<std::pair<KeyId, crypto::Secret>(const MunicipalityId&)> newest;
    std::function<std::optional<crypto::Secret>(const KeyId&)> find;
  };
  ReviewTexts(Keys keys, Tally& tally) : keys_(std::move(keys)), tally_(&tally) {}
  Keys keys_;
  Tally* tally_;
};

// One municipality in which the caller is auditor.
class ReviewAccess {
 public:
  const MunicipalityId& municipality() const { return municipality_; }
  const std::string& code() const { return code_; }
  const AccountId& reviewer() const { return reviewer_; }

  ReviewText seal(const Place& place, std::string_view text) const {
    return texts_.seal(municipality_, place, text);
  }
  std::string open(const Place& place, const ReviewText& text) const {
    return texts_.open(place, text);
  }

 private:
  friend class policy::Authority;
  explicit ReviewAccess(ReviewTexts texts) : texts_(std::move(texts)) {}
  MunicipalityId municipality_;
  std::string code_;
  AccountId reviewer_;
  ReviewTexts texts_;
};

// Likewise, and leave to draw a sample.
class Sampling {
 public:
  const ReviewAccess& review() const { return review_; }
  // Whether this name and that of the person whom the case is about end in the same word. The name
  // is opened for this answer alone; false when the case cannot be opened any more.
  bool shares_surname(const std::string& case_number, const std::string& name) const {
    return shares_surname_(case_number, name);
  }

 private:
  friend class policy::Authority;
  using SharesSurname = std::function<bool(const std::string&, const std::string&)>;
  Sampling(ReviewAccess review, SharesSurname shares_surname)
      : review_(std::move(review)), shares_surname_(std::move(shares_surname)) {}
  ReviewAccess review_;
  SharesSurname shares_surname_;
};

// What the caller's own account is asked to explain.
class OwnEnquiries {
 public:
  const AccountId& account() const { return account_; }
  const ReviewTexts& texts() const { return texts_; }

 private:
  friend class policy::Authority;
  OwnEnquiries(const AccountId& account, ReviewTexts texts)
      : account_(account), texts_(std::move(texts)) {}
  AccountId account_;
  ReviewTexts texts_;
};

}  // namespace sspf::access
