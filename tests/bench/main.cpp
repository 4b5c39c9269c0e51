// zimnik-bench: what the engine does and what it costs, on traces.
#include <CLI/CLI.hpp>
#include <iostream>

#include "tests/bench/converge.h"
#include "tests/bench/http_load.h"
#include "tests/bench/school.h"
#include "tests/bench/year.h"

int main(int argc, char** argv) try {
  using namespace zimnik::bench;
  CLI::App app("Measures what Zimnik does.");
  app.require_subcommand(1);

  ConvergeOptions converging;
  std::string voiding;
  auto* converge_command =
      app.add_subcommand("converge", "Replays a scheduled trace until all replicas are equal.");
  converge_command->add_option("trace", converging.trace, "The scheduled trace")->required();
  converge_command->add_option("--void", voiding, "USER:FROM_MS, whose work is void from then on");
  converge_command->add_option("--out", converging.out, "Folder for each replica's SITE.json");

  YearOptions year_options;
  auto* year_command =
      app.add_subcommand("year", "Measures a year on one replica beside raw SQLite.");
  year_command->add_option("trace", year_options.trace, "The trace, in the order of time")
      ->required();
  year_command->add_option("--day", year_options.day, "The lines of one of its days")->required();
  year_command->add_option("--rounds", year_options.rounds, "Interleaved runs, for the medians");
  year_command->add_option("--years", year_options.years, "How long the school goes on");
  year_command->add_option("--folder", year_options.folder, "Where the databases are made");
  year_command->add_flag("--json", year_options.as_json, "One JSON object instead of lines");

  HttpLoadOptions load;
  std::string requests;
  int seconds = 10;
  auto* load_command = app.add_subcommand(
      "http", "Loads an HTTP server of this machine with connections that are kept alive.");
  load_command->add_option("port", load.port, "Of 127.0.0.1")->required();
  load_command->add_option("requests", requests, "File with PATH or PATH<tab>COOKIES on each line")
      ->required();
  load_command->add_option("--clients", load.clients, "Connections");
  load_command->add_option("--seconds", seconds, "How long, at most");
  load_command->add_flag("--once", load.is_once, "Each request once");

  std::size_t bytes = 0;
  auto* bare_command =
      app.add_subcommand("bare", "Serves a body of so many bytes by cpp-httplib alone.");
  bare_command->add_option("bytes", bytes, "Of the body")->required();

  std::string folder;
  int pupils = 250;
  bool is_last_day = false;
  auto* school_command = app.add_subcommand(
      "school", "Writes the made-up school, but for its last day, into an enrolled node's folder.");
  school_command->add_option("folder", folder, "Of the node, which isn't at work")->required();
  school_command->add_option("--pupils", pupils, "How many");
  school_command->add_flag("--last-day", is_last_day, "The last day in place of the others");

  CLI11_PARSE(app, argc, argv);
  if (*converge_command) {
    if (const auto colon = voiding.rfind(':'); colon != std::string::npos) {
      converging.void_user = voiding.substr(0, colon);
      converging.void_from = std::stoll(voiding.substr(colon + 1));
    } else if (!voiding.empty()) {
      throw std::runtime_error("--void: '" + voiding + "' isn't USER:FROM_MS");
    }
    converge(converging);
  }
  if (*year_command) year(year_options);
  if (*load_command) {
    load.time = std::chrono::seconds(seconds);
    http_load(load, requests);
  }
  if (*bare_command) serve_bare(bytes);
  if (*school_command) {
    write_school(folder, pupils, is_last_day ? SchoolPart::last_day : SchoolPart::without_last_day);
  }
  return 0;
} catch (const std::exception& error) {
  std::cerr << "zimnik-bench: " << error.what() << "\n";
  return 1;
}
