# SPDX-License-Identifier: Apache-2.0
# cmake -DCOMPILER=... -DFLAGS=... -DFILE=... -P check.cmake
#
# FILE must compile with SSPF_CONTROL defined, and without it must fail with the message that its line
# "// Denied: ..." names (a regular expression, for g++ and clang). So a file that fails for another reason does not pass.
file(STRINGS ${FILE} expected REGEX "^// Denied: ")
if(NOT expected)
  message(FATAL_ERROR "${FILE} names no message")
endif()
string(REPLACE "// Denied: " "" expected "${expected}")
set(command ${COMPILER} ${FLAGS} -fsyntax-only -Werror=unused-result ${FILE})

execute_process(COMMAND ${command} -DSSPF_CONTROL RESULT_VARIABLE result ERROR_VARIABLE said)
if(NOT result EQUAL 0)
  message(FATAL_ERROR "the control does not compile:\n${said}")
endif()
execute_process(COMMAND ${command} RESULT_VARIABLE result ERROR_VARIABLE said)
if(result EQUAL 0)
  message(FATAL_ERROR "it compiles, and must not")
endif()
if(NOT said MATCHES "${expected}")
  message(FATAL_ERROR "it fails, but not with '${expected}':\n${said}")
endif()
