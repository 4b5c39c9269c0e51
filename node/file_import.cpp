#include "node/file_import.h"

#include "schema/commands/put.h"

namespace zimnik::node {

namespace {

constexpr const char* kChanged =
    "Школа изменилась с тех пор, как файл был показан: посмотрите его снова. Ничего не внесено.";

}  // namespace

journal::Plan FileImport::look(Journal& journal) {
  return journal.read([&](sync::Database& database) {
    return journal::plan_import(database, kind_, bytes_, options_, ids_);
  });
}

void FileImport::prepare(Journal& journal, const std::string& digest) {
  const auto plan = look(journal);
  journal::require(plan.digest() == digest, kChanged);
  digest_ = digest;
  if (!plan.new_people.empty()) journal.make_person_keys(plan.new_people);
}

void FileImport::write(sync::Command& command) {
  const auto plan = journal::plan_import(command.database(), kind_, bytes_, options_, ids_);
  journal::require(plan.digest() == digest_, kChanged);
  journal::carry_out(command, plan);
}

}  // namespace zimnik::node
