// What the names in a template stand for: texts, yes or no, lists, and values of a part of the
// page.
//
// Nothing here is inline, and mstch's own types stay in templates.cpp: what many files build again
// and again is compiled once.
#pragma once

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace zimnik::web {

class Value;
struct NamedValue;

/// In the order of the page; {{#name}}…{{/name}} stands once for each.
class List {
 public:
  List();
  List(std::initializer_list<Value> values);
  List(const List& other);
  List(List&& other) noexcept;
  List& operator=(List other) noexcept;
  ~List();

  void push_back(Value value);
  bool empty() const;
  std::size_t size() const;
  const std::vector<Value>& all() const { return values_; }

 private:
  std::vector<Value> values_;
};

/// Each name once.
class Values {
 public:
  Values();
  Values(std::initializer_list<NamedValue> values);
  Values(const Values& other);
  Values(Values&& other) noexcept;
  Values& operator=(Values other) noexcept;
  ~Values();

  /// Adds the name where it isn't there yet.
  Value& operator[](std::string_view name);
  /// Adds those whose names aren't there yet.
  void merge(Values others);
  bool empty() const;
  const std::vector<NamedValue>& all() const { return values_; }

 private:
  std::vector<NamedValue> values_;
};

class Value {
 public:
  using Held = std::variant<std::string, bool, List, Values>;

  Value();  ///< empty text
  Value(std::string text);
  Value(std::string_view text);
  Value(const char* text);
  Value(bool is_so);
  Value(List list);
  Value(Values values);
  Value(int number);  ///< its text, so that {{#name}} holds for 0 too
  Value(std::int64_t number);
  Value(std::size_t number);
  Value(const Value& other);
  Value(Value&& other) noexcept;
  Value& operator=(Value other) noexcept;
  ~Value();

  const Held& held() const { return held_; }

 private:
  Held held_;
};

struct NamedValue {
  std::string name;
  Value value;

  NamedValue(std::string name, Value value);
  NamedValue(const NamedValue& other);
  NamedValue(NamedValue&& other) noexcept;
  NamedValue& operator=(NamedValue other) noexcept;
  ~NamedValue();
};

}  // namespace zimnik::web
