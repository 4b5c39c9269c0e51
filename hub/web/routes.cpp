#include "hub/web/routes.h"

#include "hub/web/activation.h"
#include "hub/web/diary.h"
#include "hub/web/door.h"

namespace zimnik::hub {
namespace {

constexpr OpenRoute kOpenRoutes[] = {
    {"GET", "/", home_page},         {"POST", "/", sign_in},
    {"POST", "/leave", sign_out},    {"GET", "/activate", activation_page},
    {"POST", "/activate", activate},
};

constexpr FamilyRoute kFamilyRoutes[] = {
    {"GET", "/diary/{pupil}", diary_page},
};

}  // namespace

std::span<const OpenRoute> open_routes() { return kOpenRoutes; }
std::span<const FamilyRoute> family_routes() { return kFamilyRoutes; }

}  // namespace zimnik::hub
