#include "sync/core/value.h"

#include <bit>
#include <cmath>

#include "sync/core/limits.h"

namespace zimnik::sync {
namespace {

bool is_canonical(double real) { return std::isfinite(real) && !(real == 0 && std::signbit(real)); }

}  // namespace

void write_value(Writer& writer, const Value& value) {
  writer.byte(static_cast<std::uint8_t>(value.index()));
  switch (tag_of(value)) {
    case ValueTag::null:
      return;
    case ValueTag::integer:
      return writer.signed_varint(std::get<std::int64_t>(value));
    case ValueTag::real:
      return writer.fixed64(std::bit_cast<std::uint64_t>(std::get<double>(value)));
    case ValueTag::text:
      return writer.sized(std::get<Text>(value).text);
    case ValueTag::blob:
      return writer.sized(std::get<Blob>(value).bytes);
    case ValueTag::cipher:
      writer.fixed(std::get<Cipher>(value).key);
      return writer.sized(std::get<Cipher>(value).bytes);
  }
}

Value read_value(Reader& reader, const char* field) {
  const auto tag = reader.byte(field);
  switch (static_cast<ValueTag>(tag)) {
    case ValueTag::null:
      return Null{};
    case ValueTag::integer:
      return reader.signed_varint(field);
    case ValueTag::real: {
      const auto real = std::bit_cast<double>(reader.fixed64(field));
      if (!is_canonical(real)) reader.refuse(field, "a real that is NaN, infinite or minus zero");
      return real;
    }
    case ValueTag::text:
      return Text{std::string(reader.text(limits::kLeafBytes, field))};
    case ValueTag::blob:
      return Blob{std::string(reader.sized(limits::kLeafBytes, field))};
    case ValueTag::cipher: {
      const auto key = reader.fixed<KeyId>(field);
      return Cipher{key, std::string(reader.sized(limits::kLeafBytes, field))};
    }
  }
  reader.refuse(field, "unknown type of value " + std::to_string(tag));
}

ValueView view_of(const Value& value) {
  ValueView view{tag_of(value), 0, {}, {}};
  switch (view.tag) {
    case ValueTag::null:
      break;
    case ValueTag::integer:
      view.number = std::get<std::int64_t>(value);
      break;
    case ValueTag::real:
      view.number = std::bit_cast<std::int64_t>(std::get<double>(value));
      break;
    case ValueTag::text:
      view.bytes = std::get<Text>(value).text;
      break;
    case ValueTag::blob:
      view.bytes = std::get<Blob>(value).bytes;
      break;
    case ValueTag::cipher:
      view.key = std::get<Cipher>(value).key;
      view.bytes = std::get<Cipher>(value).bytes;
      break;
  }
  return view;
}

namespace {

ValueView read_view(Reader& reader, const char* field) {
  ValueView view{static_cast<ValueTag>(reader.byte(field)), 0, {}, {}};
  switch (view.tag) {
    case ValueTag::null:
      return view;
    case ValueTag::integer:
      view.number = reader.signed_varint(field);
      return view;
    case ValueTag::real:
      view.number = static_cast<std::int64_t>(reader.fixed64(field));
      return view;
    case ValueTag::cipher:
      view.key = reader.fixed<KeyId>(field);
      [[fallthrough]];
    case ValueTag::text:
    case ValueTag::blob:
      view.bytes = reader.sized(limits::kLeafBytes, field);
      return view;
  }
  reader.refuse(field, "unknown type of value");
}

}  // namespace

bool is_valid(const Value& value) {
  if (const auto* text = std::get_if<Text>(&value)) return is_text(text->text);
  if (const auto* real = std::get_if<double>(&value)) return is_canonical(*real);
  return true;
}

Key make_key(std::span<const Value> values) {
  Key key;
  Writer writer(key.bytes);
  writer.varint(values.size());
  for (const auto& value : values) write_value(writer, value);
  return key;
}

namespace {

template <class Use>
void read_key(const Key& key, Use use) {
  Reader reader(key.bytes, "row key");
  const auto count = reader.varint("columns", limits::kKeyColumns);
  for (std::uint64_t i = 0; i < count; ++i) use(read_value(reader, "column"));
  reader.expect_end("end");
}

}  // namespace

std::size_t key_size(const Key& key) {
  return Reader(key.bytes, "row key").varint("columns", limits::kKeyColumns);
}

void for_each_value(const Key& key, const std::function<void(const ValueView&)>& use) {
  Reader reader(key.bytes, "row key");
  const auto count = reader.varint("columns", limits::kKeyColumns);
  for (std::uint64_t i = 0; i < count; ++i) use(read_view(reader, "column"));
}

std::vector<Value> key_values(const Key& key) {
  std::vector<Value> values;
  read_key(key, [&](Value&& value) { values.push_back(std::move(value)); });
  return values;
}

void check_key(const Key& key) {
  read_key(key, [](Value&&) {});
}

std::string text_of(const Key& key) {
  std::string text;
  for (const auto& value : key_values(key)) {
    if (!text.empty()) text += ", ";
    if (const auto* number = std::get_if<std::int64_t>(&value)) {
      text += std::to_string(*number);
    } else if (const auto* string = std::get_if<Text>(&value)) {
      text += "'" + string->text + "'";
    } else {
      text += "?";
    }
  }
  return text;
}

}  // namespace zimnik::sync
