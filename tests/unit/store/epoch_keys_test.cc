// SPDX-License-Identifier: Apache-2.0
//
// Epoch keys and what the keystore does with them when keys are destroyed.
#include "server/store/epoch_keys.h"

#include <gtest/gtest.h>

#include <fstream>

#include "crypto/derive.h"
#include "crypto/key_file.h"
#include "crypto/random.h"
#include "server/store/keystore.h"
#include "tests/support/temporary_folder.h"

namespace sspf::test {
namespace {

namespace fs = std::filesystem;
using store::EpochKeys;
using store::KeyPurpose;

struct Epochs : testing::Test {
  TemporaryFolder folder;
  const crypto::Secret root = crypto::random_secret(32);

  Epochs() { crypto::write_key_file(file("epoch-1.key"), crypto::random_secret(32)); }
  fs::path file(const std::string& name) const { return folder.path() / name; }
  std::string content(const std::string& name) {
    return crypto::read_file(file(name), 1000).value_or("none");
  }
  store::Keystore keystore(store::OpenMode mode) {
    return {file("keystore.db").string(), root, EpochKeys(folder.path()), mode};
  }
};

TEST_F(Epochs, AreReadFromTheirFilesAndNothingIsChanged) {
  crypto::write_key_file(file("epoch-12.key"), crypto::random_secret(32));
  for (const char* name : {"epoch-2.key.new", "epoch-x.key", "epoch-.key", "root.key"}) {
    std::ofstream(file(name)) << "x";
  }
  const EpochKeys keys(folder.path());
  EXPECT_EQ(keys.newest(), 12U);
  EXPECT_FALSE(keys.is_settled());
  EXPECT_THROW(static_cast<void>(keys.key(2)), Fault);
  EXPECT_FALSE(keys.key(1).equals(keys.key(12)));
  EXPECT_EQ(content("epoch-2.key.new"), "x");
}

TEST_F(Epochs, ThatAreNotWholeAreRefused) {
  std::ofstream(file("epoch-2.key")) << "x";
  EXPECT_THROW(EpochKeys{folder.path()}, Fault);
  fs::remove(file("epoch-2.key"));
  EXPECT_NO_THROW(EpochKeys{folder.path()});
  fs::remove(file("epoch-1.key"));
  EXPECT_THROW(EpochKeys{folder.path()}, Fault);
}

TEST_F(Epochs, AreMadeAndDestroyedOneAfterTheOther) {
  EpochKeys keys(folder.path());
  EXPECT_TRUE(keys.is_settled());
  std::ofstream(file("epoch-2.key.new")) << "half";
  keys.make_next();
  EXPECT_FALSE(keys.is_settled());
  EXPECT_EQ(keys.newest(), 2U);
  EXPECT_TRUE(EpochKeys(folder.path()).key(2).equals(keys.key(2)));
  // Its content, and not only its name, is destroyed.
  fs::create_hard_link(file("epoch-1.key"), file("copy"));
  keys.destroy_older();
  EXPECT_TRUE(keys.is_settled());
  EXPECT_EQ(content("copy"), std::string(65, '\0'));
  EXPECT_EQ(content("epoch-1.key"), "none");
  EXPECT_THROW(static_cast<void>(keys.key(1)), Fault);
  EXPECT_EQ(EpochKeys(folder.path()).newest(), 2U);
}

TEST_F(Epochs, EveryKeyThatGoesOnIsWrappedAnewAndTheOthersAreGone) {
  store::Keystore store = keystore(store::OpenMode::create);
  const KeyId gone = KeyId::random();
  const KeyId kept = KeyId::random();
  const crypto::Secret key = crypto::random_secret(32);
  store.add(gone, KeyPurpose::case_file, crypto::random_secret(32));
  store.add(kept, KeyPurpose::meeting, key);
  store.put_secret("log", key);
  const auto [details, details_key] = store.details_key(std::nullopt, "2026-11");
  EXPECT_EQ(store.epoch_without(gone), 2U);
  EXPECT_TRUE(store.is_settled_without({}));
  EXPECT_FALSE(store.is_settled_without({gone}));
  store.prepare_to_destroy({gone});
  EXPECT_TRUE(store.find(gone));
  EXPECT_TRUE(fs::exists(file("epoch-1.key")));
  EXPECT_EQ(store.epoch_without(gone), 2U);
  store.destroy({gone});
  EXPECT_FALSE(store.find(gone));
  EXPECT_TRUE(store.is_settled_without({gone}));
  EXPECT_TRUE(store.find(kept)->equals(key));
  EXPECT_TRUE(store.find_secret("log")->equals(key));
  EXPECT_TRUE(store.details_key(std::nullopt, "2026-11").second.equals(details_key));
  EXPECT_EQ(EpochKeys(folder.path()).newest(), 2U);
  // Repeated, it changes nothing more.
  store.destroy({gone});
  EXPECT_EQ(EpochKeys(folder.path()).newest(), 2U);
  EXPECT_EQ(store.verify_all(), 2U);
}

// A copy of the keystore from before is worth nothing with the keys of today.
TEST_F(Epochs, ACopyFromBeforeDoesNotOpen) {
  const KeyId gone = KeyId::random();
  const KeyId kept = KeyId::random();
  {
    store::Keystore store = keystore(store::OpenMode::create);
    store.add(gone, KeyPurpose::case_file, crypto::random_secret(32));
    store.add(kept, KeyPurpose::case_file, crypto::random_secret(32));
  }
  fs::copy_file(file("keystore.db"), file("before.db"));
  keystore(store::OpenMode::existing).destroy({gone});
  store::Keystore before(file("before.db").string(), root, EpochKeys(folder.path()),
                         store::OpenMode::existing);
  EXPECT_THROW(before.find(gone), Fault);
  EXPECT_THROW(before.find(kept), Fault);
  EXPECT_TRUE(keystore(store::OpenMode::existing).find(kept));
}

// Else what could not be wrapped anew would be lost with the older key.
TEST_F(Epochs, NothingIsDestroyedWhenAKeyThatGoesOnDoesNotOpen) {
  store::Keystore store = keystore(store::OpenMode::create);
  const KeyId gone = KeyId::random();
  const KeyId damaged = KeyId::random();
  store.add(gone, KeyPurpose::case_file, crypto::random_secret(32));
  store.add(damaged, KeyPurpose::case_file, crypto::random_secret(32));
  {
    store::Connection past(file("keystore.db").string(), crypto::derive(root, "sspf/keystore/v1"),
                           store::OpenMode::existing);
    store::Query(past, "UPDATE wrapped_key SET wrapped = zeroblob(61) WHERE key_id = ?1", damaged)
        .run();
  }
  EXPECT_THROW(store.destroy({gone}), Fault);
  EXPECT_TRUE(fs::exists(file("epoch-1.key")));
  EXPECT_TRUE(store.find(gone));
}

}  // namespace
}  // namespace sspf::test
