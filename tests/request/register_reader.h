// SPDX-License-Identifier: Apache-2.0
//
// What the tests of the register of processing do over and over. All names are fictive.
#pragma once

#include <string>
#include <vector>

#include "sspf/v1/disclosure.pb.h"
#include "sspf/v1/processing_register.pb.h"
#include "tests/support/disposing.h"

namespace sspf::test {

inline constexpr auto get_register = "ProcessingRegisterService/GetProcessingRegister";

struct RegisterReader {
  Disposing town;
  Caseload& load = town.load;
  const Cast& cast = town.cast;

  v1::GetProcessingRegisterResponse shown(const Account& caller, const std::string& municipality);
  // Of an agency, in the register of TYR.
  v1::ProcessingRecord record(const std::string& agency);
  std::vector<std::string> controllers(const std::string& municipality);
  // "MAPPING PUPIL_WELFARE <5".
  std::vector<std::string> data(const std::string& agency);
  // "POLICE DISCLOSURE OSL-10-2".
  std::vector<std::string> recipients(const std::string& agency);

  // Of somebody whose number is not known, with a note of the school in it.
  std::string noted_case();
  // Of Nacka, with a note of the police, whose agency serves both.
  std::string noted_case_of_nacka();
  void move(const std::string& agency, const std::string& municipality);
};

}  // namespace sspf::test
