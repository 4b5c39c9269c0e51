#include "node/file_import.h"

#include "node/archive.h"
#include "schema/commands/put.h"

namespace zimnik::node {

namespace {

constexpr const char* kChanged =
    "Школа изменилась с тех пор, как файл был показан: посмотрите его снова. Ничего не внесено.";

}  // namespace

journal::Plan FileImport::look(Journal& journal) {
  return journal.read([&](sync::Database& database) { return plan(database); });
}

journal::Plan FileImport::plan(sync::Database& database) {
  if (kind_.plan_files == nullptr) {
    return journal::plan_import(database, kind_, bytes_, options_, ids_);
  }
  try {
    return journal::plan_archive(database, kind_, unpacked(bytes_), options_, ids_);
  } catch (const journal::BadFile& bad) {
    journal::Plan bad_plan;
    bad_plan.faults.push_back(bad.fault());
    return bad_plan;
  }
}

void FileImport::prepare(Journal& journal, const std::string& digest) {
  const auto plan = look(journal);
  journal::require(plan.digest() == digest, kChanged);
  digest_ = digest;
  if (!plan.new_people.empty()) journal.make_person_keys(plan.new_people);
}

void FileImport::write(sync::Command& command) {
  const auto made = plan(command.database());
  journal::require(made.digest() == digest_, kChanged);
  journal::carry_out(command, made);
}

}  // namespace zimnik::node
