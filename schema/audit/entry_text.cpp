#include "schema/audit/entry_text.h"

#include "schema/dates.h"
#include "sync/core/encoding.h"
#include "sync/core/printable.h"

namespace zimnik::journal {

using namespace sync;

namespace {

std::string value_text(const Value& value) {
  if (is_null(value)) return "—";
  if (const auto* number = std::get_if<std::int64_t>(&value)) return std::to_string(*number);
  if (const auto* real = std::get_if<double>(&value)) return std::to_string(*real);
  if (const auto* text = std::get_if<Text>(&value)) return "«" + text->text + "»";
  if (const auto* blob = std::get_if<Blob>(&value)) return sync::to_hex(blob->bytes);
  return "закрыто ключом " + std::get<Cipher>(value).key.hex();
}

}  // namespace

std::string cell_text(const Group* group, Op op, std::span<const Value> values) {
  if (op == Op::tombstone) return "строка удалена";
  if (op == Op::empty) return "очищено";
  std::string text;
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (!text.empty()) text += ", ";
    if (group != nullptr && i < group->columns.size()) text += group->columns[i].name + " ";
    text += one_line(value_text(values[i]));
  }
  return text;
}

std::string second_text(Time time) {
  constexpr std::int64_t kSecondMs = 1000, kDay = 24 * 3600, kZone = 5 * 3600;
  constexpr std::int64_t kMost = std::int64_t{8'000'000'000'000};  // ms: beyond the year 2200
  if (time.ms < 0 || time.ms > kMost) return std::to_string(time.ms) + " мс";
  const auto seconds = time.ms / kSecondMs + kZone;
  const auto of_day = seconds % kDay;
  const auto two = [](std::int64_t n) { return (n < 10 ? "0" : "") + std::to_string(n); };
  return Date::from_days(static_cast<std::int32_t>(seconds / kDay)).russian() + " " +
         two(of_day / 3600) + ":" + two(of_day / 60 % 60) + ":" + two(of_day % 60);
}

std::string origin_text(const Origin& origin, Time time) {
  return second_text(time) + ", " + one_line(origin.author) + " (" + one_line(origin.role) +
         "), устройство " + one_line(origin.device);
}

std::string place_text(const LogId& log, std::uint64_t seq) {
  return "узел " + log.site.hex() + ", запись " + std::to_string(seq) +
         (log.stream == Stream::shared ? " общего журнала" : " закрытого журнала");
}

const char* status_text(Status status) {
  switch (status) {
    case Status::unfolded:
      return "не читается";
    case Status::is_void:
      return "отменено актом";
    case Status::erased:
      return "стёрто";
    case Status::orphaned:
      return "не показывается: строки нет";
    case Status::deleted:
      return "удалено";
    case Status::shown:
      return "действует";
    case Status::equal:
      return "то же, что действует";
    case Status::conflicting:
      return "расхождение";
    case Status::superseded:
      return "заменено";
  }
  return "";
}

}  // namespace zimnik::journal
