// SPDX-License-Identifier: Apache-2.0
//
// One rule for what a request's header may look like. Beast is more generous than is safe: it takes
// two hosts, `Transfer-Encoding: gzip`, folded lines and more, and two programs that read such a
// header differently can be made to disagree on where a request ends.
#pragma once

#include <boost/beast/http/fields.hpp>
#include <boost/beast/http/message.hpp>
#include <optional>
#include <string_view>

namespace sspf::net {

using RequestHeader = boost::beast::http::request_header<boost::beast::http::fields>;

struct HeaderRefusal {
  int status;
  std::string_view text;  // a literal
};

// What only the bytes show, before parsing: `block` is the header with its empty last line. 400 for
// a folded line, for a line that does not end in CR LF, and for any byte but printable ASCII and
// tab.
std::optional<HeaderRefusal> refuse_bytes(std::string_view block);

// What the parsed header shows: 505 unless it is HTTP/1.1; 431 for too many fields; 400 for a
// framing that could be read in two ways, a field given twice that must be single, or a target that
// is not a plain path; 417 for an unknown expectation; 405 unless it is POST.
std::optional<HeaderRefusal> refuse_header(const RequestHeader& header);

}  // namespace sspf::net
