#include "sync/web/values.h"

#include <algorithm>

namespace zimnik::web {

List::List() = default;
List::List(std::initializer_list<Value> values) : values_(values) {}
List::List(const List& other) = default;
List::List(List&& other) noexcept = default;
List::~List() = default;

List& List::operator=(List other) noexcept {
  values_.swap(other.values_);
  return *this;
}

void List::push_back(Value value) { values_.push_back(std::move(value)); }
bool List::empty() const { return values_.empty(); }
std::size_t List::size() const { return values_.size(); }

Values::Values() = default;
Values::Values(const Values& other) = default;
Values::Values(Values&& other) noexcept = default;
Values::~Values() = default;

Values::Values(std::initializer_list<NamedValue> values) {
  values_.reserve(values.size());
  for (const auto& [name, value] : values) (*this)[name] = value;
}

Values& Values::operator=(Values other) noexcept {
  values_.swap(other.values_);
  return *this;
}

Value& Values::operator[](std::string_view name) {
  const auto found = std::find_if(values_.begin(), values_.end(),
                                  [&](const NamedValue& it) { return it.name == name; });
  if (found != values_.end()) return found->value;
  return values_.emplace_back(std::string(name), Value()).value;
}

bool Values::empty() const { return values_.empty(); }

void Values::merge(Values others) {
  for (auto& other : others.values_) {
    const bool is_there = std::any_of(values_.begin(), values_.end(),
                                      [&](const NamedValue& it) { return it.name == other.name; });
    if (!is_there) values_.push_back(std::move(other));
  }
}

Value::Value() = default;
Value::Value(std::string text) : held_(std::move(text)) {}
Value::Value(std::string_view text) : held_(std::string(text)) {}
Value::Value(const char* text) : held_(std::string(text)) {}
Value::Value(bool is_so) : held_(is_so) {}
Value::Value(int number) : held_(std::to_string(number)) {}
Value::Value(std::int64_t number) : held_(std::to_string(number)) {}
Value::Value(std::size_t number) : held_(std::to_string(number)) {}
Value::Value(List list) : held_(std::move(list)) {}
Value::Value(Values values) : held_(std::move(values)) {}
Value::Value(const Value& other) = default;
Value::Value(Value&& other) noexcept = default;
Value::~Value() = default;

Value& Value::operator=(Value other) noexcept {
  held_ = std::move(other.held_);
  return *this;
}

NamedValue::NamedValue(std::string name_, Value value_)
    : name(std::move(name_)), value(std::move(value_)) {}
NamedValue::NamedValue(const NamedValue& other) = default;
NamedValue::NamedValue(NamedValue&& other) noexcept = default;
NamedValue::~NamedValue() = default;

NamedValue& NamedValue::operator=(NamedValue other) noexcept {
  name = std::move(other.name);
  value = std::move(other.value);
  return *this;
}

}  // namespace zimnik::web
