// SPDX-License-Identifier: Apache-2.0
//
// The tree keeps the rules; and each rule, fed a bad text, complains.
#include <gtest/gtest.h>

#include "tests/places/places.h"
#include "tests/tidy/rules.h"

namespace sspf::tidy {
namespace {

const std::vector<SourceFile>& repository() {
  static const std::vector<SourceFile> files = read_repository(test::source_folder());
  return files;
}

using Check = Complaints (*)(const SourceFile&);

void expect_clean(Check check) {
  ASSERT_GT(repository().size(), 100U);
  for (const SourceFile& file : repository()) {
    for (const std::string& complaint : check(file)) ADD_FAILURE() << complaint;
  }
}

std::string cpp(const std::string& text) {
  return "// SPDX-License-Identifier: Apache-2.0\n" + text;
}

std::string function_of(std::size_t lines) {
  std::string text = "void f() {\n";
  for (std::size_t i = 2; i < lines; ++i) text += "  g();\n";
  return text + "}\n";
}

TEST(Tidy, Lengths) { expect_clean(check_lengths); }
TEST(Tidy, Licence) { expect_clean(check_licence); }
TEST(Tidy, Includes) { expect_clean(check_includes); }
TEST(Tidy, Sql) { expect_clean(check_sql); }
TEST(Tidy, Words) { expect_clean(check_words); }
TEST(Tidy, Markdown) { expect_clean(check_markdown); }
TEST(Tidy, Places) { expect_clean(check_places); }
TEST(Tidy, EveryHeaderIsIncluded) {
  for (const std::string& complaint : check_unused_headers(repository())) {
    ADD_FAILURE() << complaint;
  }
}
TEST(Tidy, NoFunctionHidesAnother) {
  for (const std::string& complaint : check_hidden_functions(repository())) {
    ADD_FAILURE() << complaint;
  }
}
TEST(Tidy, EveryLimitIsNamedInATest) {
  for (const std::string& complaint : check_limits_are_tested(repository())) {
    ADD_FAILURE() << complaint;
  }
}
TEST(Tidy, EveryRpcIsNamedInATestOfRequests) {
  for (const std::string& complaint : check_rpcs_are_tested(repository())) {
    ADD_FAILURE() << complaint;
  }
}

TEST(TidyRules, ComplainOfLengths) {
  EXPECT_TRUE(check_lengths({"server/base/a.cc", cpp(function_of(60))}).empty());
  EXPECT_EQ(check_lengths({"server/base/a.cc", cpp(function_of(61))}).size(), 1U);
  const std::string in_namespace = "namespace a {\n" + function_of(61) + "}\n";
  EXPECT_EQ(check_lengths({"server/base/a.cc", cpp(in_namespace)}).size(), 1U);
  EXPECT_TRUE(check_lengths({"a.h", std::string(300, '\n')}).empty());
  EXPECT_EQ(check_lengths({"a.h", std::string(301, '\n')}).size(), 1U);
  EXPECT_TRUE(check_lengths({"a.h", std::string(100, 'x')}).empty());
  EXPECT_EQ(check_lengths({"a.h", std::string(101, 'x')}).size(), 1U);
}

TEST(TidyRules, ComplainOfAMissingLicence) {
  EXPECT_EQ(check_licence({"a.cc", "int a;\n"}).size(), 1U);
  EXPECT_EQ(check_licence({"run", "#!/bin/sh\nexit\n"}).size(), 1U);
  EXPECT_EQ(check_licence({"schema/0001_a.sql", "CREATE TABLE a (b);\n"}).size(), 1U);
  EXPECT_TRUE(check_licence({"run", "#!/bin/sh\n# SPDX-License-Identifier: Apache-2.0\n"}).empty());
}

TEST(TidyRules, ComplainOfIncludes) {
  EXPECT_EQ(check_includes({"server/base/a.cc", "#include \"server/store/b.h\"\n"}).size(), 1U);
  EXPECT_EQ(check_includes({"server/handlers/a.cc", "#include \"server/policy/b.h\"\n"}).size(),
            1U);
  EXPECT_EQ(check_includes({"client/cli/a.cc", "#include \"server/base/b.h\"\n"}).size(), 1U);
  EXPECT_EQ(check_includes({"server/rpc/a.cc", "#include <boost/asio.hpp>\n"}).size(), 1U);
  EXPECT_EQ(check_includes({"server/rpc/a.cc", "#include <sqlcipher/sqlite3.h>\n"}).size(), 1U);
  EXPECT_EQ(check_includes({"server/store/a.cc", "#include <openssl/evp.h>\n"}).size(), 1U);
  EXPECT_TRUE(check_includes({"server/store/a.cc", "#include <sqlcipher/sqlite3.h>\n"}).empty());
}

TEST(TidyRules, ComplainOfSqlOutsideTheStore) {
  const std::string text = "auto q = \"SELECT x FROM y\";\n";
  EXPECT_EQ(check_sql({"server/handlers/a.cc", text}).size(), 1U);
  EXPECT_TRUE(check_sql({"server/store/a.cc", text}).empty());
  EXPECT_TRUE(check_sql({"server/handlers/a.cc", "// SELECT x FROM y\n"}).empty());
}

TEST(TidyRules, ComplainOfWords) {
  for (const char* line :
       {"assert(x);", "std::cout << x;", "memcmp(a, b, 1);", "int x = rand();",
        "auto* p = new Thing;", "std::chrono::system_clock::now();", "using namespace std;"}) {
    EXPECT_EQ(check_words({"server/rpc/a.cc", line}).size(), 1U) << line;
  }
  EXPECT_EQ(check_words({"server/rpc/a.cc", "// TODO: later\n"}).size(), 1U);
  EXPECT_TRUE(check_words({"server/rpc/a.cc", "auto s = \"new things\";  // a new one\n"}).empty());
}

TEST(TidyRules, ComplainOfTitlesAndPlaces) {
  EXPECT_EQ(check_markdown({"a.md", "text\n"}).size(), 1U);
  EXPECT_EQ(check_markdown({"a.md", "# One\n# Two\n"}).size(), 1U);
  EXPECT_TRUE(check_markdown({"a.md", "# One\n```\n# comment\n```\n"}).empty());
  EXPECT_EQ(check_places({"a.md",
                          "see /ho"
                          "me/anna/x\n"})
                .size(),
            1U);
}

TEST(TidyRules, ComplainOfTheWholeTree) {
  EXPECT_EQ(check_unused_headers({{"a.h", ""}, {"b.cc", "#include \"c.h\"\n"}}).size(), 1U);
  EXPECT_EQ(check_limits_are_tested(
                {{"server/base/limits.h", "inline constexpr std::size_t fish_max = 1;\n"},
                 {"tests/a.cc", "cat_max"}})
                .size(),
            1U);
  const SourceFile header{"server/store/a.h", "std::string name_of(int);\n  int size_of(int);\n"};
  const auto source = [](const char* path) {
    return SourceFile{path,
                      "\nnamespace {\n\nint name_of(long) {\n}\nint size_of(int) {\n}\n\n}\n"};
  };
  EXPECT_EQ(check_hidden_functions({header, source("server/store/b.cc")}).size(), 1U);
  EXPECT_TRUE(check_hidden_functions({header, source("server/net/b.cc")}).empty());
  const SourceFile contract{"proto/a.proto",
                            "service FishService {\n  rpc Swim(A) returns (B);\n}"};
  EXPECT_EQ(check_rpcs_are_tested({contract, {"tests/request/a.cc", "FishService/Eat"}}).size(),
            1U);
  EXPECT_TRUE(
      check_rpcs_are_tested({contract, {"tests/request/a.cc", "FishService/Swim"}}).empty());
}

}  // namespace
}  // namespace sspf::tidy
