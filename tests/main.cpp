// Catch's main(), compiled once and linked to every suite.
#define CATCH_CONFIG_MAIN
#include <catch2/catch.hpp>
