// SPDX-License-Identifier: Apache-2.0
#include "tests/system/wire_cases.h"

#include "server/base/limits.h"
#include "tests/support/answered.h"

namespace sspf::test {
namespace {

using namespace std::string_literals;

const std::string who = "/sspf.v1.AccountService/WhoAmI";
const std::string get = "/sspf.v1.AccountService/GetAccount";
const std::string list = "/sspf.v1.AccountService/ListAccounts";
const std::string proto = "application/proto";
const std::string json = "application/json";
const std::string stream = "application/connect+proto";
const std::string stream_json = "application/connect+json";

const std::string ok = "ok";
const std::string malformed = "invalid_argument/malformed_message";
const std::string wrong_type = "invalid_argument/wrong_content_type";
const std::string no_method = "unimplemented/no_such_method";
const std::string wrong_encoding = "unimplemented/wrong_encoding";
const std::string wrong_envelope = "unimplemented/wrong_envelope";
const std::string wrong_timeout = "invalid_argument/wrong_timeout";
const std::string wrong_version = "invalid_argument/wrong_protocol_version";
const std::string too_late = "deadline_exceeded/deadline_passed";
const std::string none;

const std::string root = "\x0a\x04root";  // GetAccountRequest{handle: "root"}
const std::string root_json = R"({"handle":"root"})";

// Unknown groups, one in another: the one way to nest where the message itself is flat.
std::string groups(int depth) {
  const auto size = static_cast<std::size_t>(depth);
  return std::string(size, '\x0b') + std::string(size, '\x0c');
}

// An unknown field of so many bytes in all, its head of five included.
std::string padding(std::size_t bytes) {
  const std::size_t size = bytes - 5;
  std::string head = "\xfa\x07"s;  // field 127, length-delimited
  head.push_back(static_cast<char>((size & 0x7FU) | 0x80U));
  head.push_back(static_cast<char>((size >> 7U & 0x7FU) | 0x80U));
  head.push_back(static_cast<char>(size >> 14U));
  return head + std::string(size, 'x');
}

using Cases = std::vector<WireCase>;

Cases codecs() {
  return {
      {"UnaryProto", who, proto, "", 200, ok},
      {"UnaryJson", who, json, "{}", 200, ok},
      {"UnaryJsonWithoutBody", who, json, "", 200, ok},
      {"UnaryProtoWithContent", get, proto, root, 200, ok},
      {"UnaryJsonWithContent", get, json, root_json, 200, ok},
      {"StreamProto", list, stream, enveloped(0, ""), 200, ok},
      {"StreamJson", list, stream_json, enveloped(0, "{}"), 200, ok},
      {"StreamJsonWithoutContent", list, stream_json, enveloped(0, ""), 200, ok},
      {"Charset", who, "application/json; charset=utf-8", "{}", 200, ok},
      {"CharsetInCapitals", who, "Application/JSON;Charset=UTF-8", "{}", 200, ok},
      {"OtherCharset", who, "application/json; charset=latin-1", "{}", 415, wrong_type},
      {"UnknownCodec", who, "application/xml", "<a/>", 415, wrong_type},
      {"UnknownStreamCodec", list, "application/connect+thrift", "", 415, wrong_type},
      {"GrpcWeb", list, "application/grpc-web+proto", enveloped(0, ""), 415, wrong_type},
      {"NoContentType", who, "", "{}", 415, wrong_type},
      {"UnaryTypeForAStream", list, proto, "", 415, wrong_type},
      {"StreamTypeForAUnary", who, stream, enveloped(0, ""), 415, wrong_type},
  };
}

Cases paths() {
  return {
      {"UnknownService", "/sspf.v1.NoService/WhoAmI", proto, "", 404, no_method},
      {"UnknownMethod", "/sspf.v1.AccountService/WhoAreYou", json, "{}", 404, no_method},
      {"UnknownStream", "/sspf.v1.AccountService/List", stream, enveloped(0, ""), 404, no_method},
      {"OtherCase", "/sspf.v1.accountservice/WhoAmI", proto, "", 404, no_method},
      {"TrailingSlash", who + "/", proto, "", 404, no_method},
      {"Query", who + "?a=b", proto, "", 400, none},
      {"Escape", "/sspf.v1.AccountService%2fWhoAmI", proto, "", 400, none},
      {"Get", who, proto, "", 405, none, {}, "GET"},
      {"Put", who, proto, "", 405, none, {}, "PUT"},
      {"Options", who, proto, "", 405, none, {}, "OPTIONS"},
      {"Trace", who, proto, "", 405, none, {}, "TRACE"},
  };
}

Cases headers() {
  const std::string one = enveloped(0, "");
  return {
      {"Timeout", who, proto, "", 200, ok, {"Connect-Timeout-Ms: 30000"}},
      {"LongestTimeout", who, proto, "", 200, ok, {"Connect-Timeout-Ms: 9999999999"}},
      {"NoTime", who, proto, "", 504, too_late, {"Connect-Timeout-Ms: 0"}},
      {"NoTimeForAStream", list, stream, one, 200, too_late, {"Connect-Timeout-Ms: 0"}},
      {"ElevenDigits", who, proto, "", 400, wrong_timeout, {"Connect-Timeout-Ms: 10000000000"}},
      {"Negative", who, proto, "", 400, wrong_timeout, {"Connect-Timeout-Ms: -1"}},
      {"Exponent", who, proto, "", 400, wrong_timeout, {"Connect-Timeout-Ms: 1e3"}},
      {"TimeoutOfAStream", list, stream, one, 200, wrong_timeout, {"Connect-Timeout-Ms: x"}},
      {"TwoTimeouts",
       who,
       proto,
       "",
       400,
       none,
       {"Connect-Timeout-Ms: 1000", "connect-timeout-ms: 2000"}},
      {"Version1", who, proto, "", 200, ok, {"Connect-Protocol-Version: 1"}},
      {"Version2", who, proto, "", 400, wrong_version, {"Connect-Protocol-Version: 2"}},
      {"Version2OfAStream", list, stream, one, 200, wrong_version, {"Connect-Protocol-Version: 2"}},
      {"Gzip", who, proto, "\x1f\x8b", 501, wrong_encoding, {"Content-Encoding: gzip"}},
      {"GzipOfNothing", who, proto, "", 501, wrong_encoding, {"Content-Encoding: gzip"}},
      {"GzipOfAStream", list, stream, one, 200, wrong_encoding, {"Connect-Content-Encoding: gzip"}},
      {"UnknownEncoding", who, json, "{}", 501, wrong_encoding, {"Content-Encoding: zstd"}},
      {"Identity", who, proto, "", 200, ok, {"Content-Encoding: identity"}},
      {"AcceptsGzip", who, proto, "", 200, ok, {"Accept-Encoding: gzip"}},
      {"StreamAcceptsGzip", list, stream, one, 200, ok, {"Connect-Accept-Encoding: gzip"}},
      {"ForeignHeaderTwice", who, proto, "", 200, ok, {"X-Tag: a", "X-Tag: b"}},
  };
}

Cases envelopes() {
  return {
      {"NoMessage", list, stream, "", 200, wrong_envelope},
      {"TwoMessages", list, stream, enveloped(0, "") + enveloped(0, ""), 200, wrong_envelope},
      {"MessageAndEnd", list, stream, enveloped(0, "") + enveloped(2, "{}"), 200, wrong_envelope},
      {"EndOfStream", list, stream, enveloped(2, "{}"), 200, malformed},
      {"ReservedFlag", list, stream, enveloped(4, ""), 200, malformed},
      {"HighestFlag", list, stream, enveloped('\x80', ""), 200, malformed},
      {"Compressed", list, stream, enveloped(1, "\x1f\x8b"), 200, wrong_encoding},
      {"LargestLength", list, stream, "\0\xff\xff\xff\xff"s, 200, malformed},
      {"LengthBeyondTheBody", list, stream,
       "\0\0\0\0\x05"
       "abcd"s,
       200, malformed},
      {"ShortHead", list, stream, "\0\0\0"s, 200, malformed},
      {"WrongContent", list, stream, enveloped(0, "\x0a"), 200, malformed},
      {"WrongJsonContent", list, stream_json, enveloped(0, "{"), 200, malformed},
  };
}

Cases messages() {
  constexpr std::size_t body_max = limits::request_body_bytes_max;
  return {
      {"MissingField", get, proto, "", 400, "invalid_argument/missing(handle)"},
      {"UnknownFieldInProto", get, proto, root + "\xf8\x07\x01", 200, ok},
      {"CutOff", get, proto, "\x0a\x04roo", 400, malformed},
      {"WrongWireType", who, proto, "\x07", 400, malformed},
      {"InvalidUtf8", get, proto, "\x0a\x02\xff\xfe", 400, malformed},
      {"ControlCharacter", get, proto, "\x0a\x05ro\x1bot", 400,
       "invalid_argument/control_character(handle)"},
      {"DepthAtItsLimit", who, proto, groups(limits::message_depth_max), 200, ok},
      {"DepthOverItsLimit", who, proto, groups(limits::message_depth_max + 1), 400, malformed},
      {"BodyAtItsLimit", who, proto, padding(body_max), 200, ok},
      {"BodyOverItsLimit", who, proto, padding(body_max + 1), 429, none},
      {"StreamOverItsLimit", list, stream, enveloped(0, padding(body_max - 4)), 200, none},
  };
}

Cases json_texts() {
  const std::string deep(limits::message_depth_max, '[');
  const std::vector<std::pair<std::string, std::string>> refused{
      {"DuplicateName", R"({"handle":"root","handle":"root"})"},
      {"TrailingComma", R"({"handle":"root",})"},
      {"UnquotedName", R"({handle:"root"})"},
      {"SingleQuotes", R"({'handle':'root'})"},
      {"Comment", R"({"handle":"root"/**/})"},
      {"LineComment", "{\"handle\":\"root\"}//"},
      {"NotANumber", R"({"handle":NaN})"},
      {"HugeNumber", R"({"handle":1e400})"},
      {"NumberForText", R"({"handle":5})"},
      {"ListForText", R"({"handle":["root"]})"},
      {"UnknownName", R"({"handle":"root","name":"x"})"},
      {"NameInCapitals", R"({"Handle":"root"})"},
      {"LoneSurrogate", R"({"handle":"\ud800"})"},
      {"RawInvalidUtf8", "{\"handle\":\"\xff\"}"},
      {"RawLineFeed", "{\"handle\":\"ro\not\"}"},
      {"ByteOrderMark", "\xef\xbb\xbf{\"handle\":\"root\"}"},
      {"TwoValues", root_json + root_json},
      {"CutOffJson", R"({"handle":"root")"},
      {"TopLevelList", "[" + root_json + "]"},
      {"TopLevelNull", "null"},
      {"TopLevelText", R"("root")"},
      {"DeepJson", R"({"handle":)" + deep + std::string(limits::message_depth_max, ']') + "}"},
  };
  Cases cases;
  for (const auto& [name, text] : refused) {
    cases.push_back({name, get, json, text, 400, malformed});
  }
  cases.push_back({"WhiteSpace", get, json, " \t\r\n" + root_json + "\n", 200, ok});
  cases.push_back({"EscapedText", get, json, R"({"handle":"\u0072oot"})", 200, ok});
  cases.push_back(
      {"NullIsAbsent", get, json, R"({"handle":null})", 400, "invalid_argument/missing(handle)"});
  return cases;
}

}  // namespace

const std::vector<WireCase>& wire_cases() {
  static const std::vector<WireCase> all = [] {
    Cases joined;
    for (const Cases& some :
         {codecs(), paths(), headers(), envelopes(), messages(), json_texts()}) {
      joined.insert(joined.end(), some.begin(), some.end());
    }
    return joined;
  }();
  return all;
}

}  // namespace sspf::test
