// The school's documents as papers. In Russian, whoever prints them: they go to the archive.
#pragma once

#include "node/paper/paper.h"
#include "schema/read/extract.h"
#include "schema/read/summary_register.h"

namespace zimnik::paper {

Paper register_paper(const journal::SummaryRegister& page);
Paper extract_paper(const journal::Extract& extract);

/// Of a moment, for the foot of each sheet.
std::string made_line(const std::string& when);

}  // namespace zimnik::paper
