// SPDX-License-Identifier: Apache-2.0
//
// What the files here include, to be compiled once for all of them.
#pragma once

#include "crypto/secret.h"
#include "server/access/case_access.h"
#include "server/access/permit.h"
#include "server/base/ids.h"
#include "server/base/result.h"
#include "server/handlers/accounts.h"
#include "server/handlers/commitments.h"
#include "server/handlers/workspace.h"
#include "server/rpc/method.h"
#include "server/store/sqlite.h"
#include "server/store/unit.h"
