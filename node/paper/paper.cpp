#include "node/paper/paper.h"

#include "sync/core/bytes.h"
#include "sync/core/crypto.h"

namespace zimnik::paper {

namespace {

void write_lines(sync::Writer& writer, const std::vector<std::string>& lines) {
  writer.varint(lines.size());
  for (const auto& line : lines) writer.sized(line);
}

void write_table(sync::Writer& writer, const Table& table) {
  writer.sized(table.title);
  writer.varint(table.columns.size());
  for (const auto& column : table.columns) writer.sized(column.title);
  writer.varint(table.rows.size());
  for (const auto& row : table.rows) write_lines(writer, row);
}

}  // namespace

sync::Hash digest_of(const Paper& paper) {
  std::string bytes = "zimnik paper 1";
  sync::Writer writer(bytes);
  writer.sized(paper.name);
  writer.sized(paper.school);
  writer.sized(paper.title);
  write_lines(writer, paper.facts);
  writer.varint(paper.tables.size());
  for (const auto& table : paper.tables) write_table(writer, table);
  write_lines(writer, paper.notes);
  writer.varint(paper.signers.size());
  for (const auto& signer : paper.signers) {
    writer.sized(signer.role);
    writer.sized(signer.name);
  }
  return sync::sha256({bytes});
}

}  // namespace zimnik::paper
