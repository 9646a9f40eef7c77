// SPDX-License-Identifier: Apache-2.0
//
// Compiles Asio and Beast once; every other file of this folder only declares them.
#include <boost/asio/impl/src.hpp>
#include <boost/asio/ssl/impl/src.hpp>
#include <boost/beast/src.hpp>
