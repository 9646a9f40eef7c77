// SPDX-License-Identifier: Apache-2.0
//
// Compiles Asio and Beast once; connection.cc only declares them.
#include <boost/asio/impl/src.hpp>
#include <boost/asio/ssl/impl/src.hpp>
#include <boost/beast/src.hpp>
