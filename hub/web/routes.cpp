#include "hub/web/routes.h"

#include "hub/web/absence.h"
#include "hub/web/activation.h"
#include "hub/web/diary.h"
#include "hub/web/door.h"
#include "hub/web/federal.h"
#include "hub/web/messages.h"
#include "hub/web/own_data.h"

namespace zimnik::hub {
namespace {

constexpr OpenRoute kOpenRoutes[] = {
    {"GET", "/", home_page},
    {"POST", "/", sign_in},
    {"POST", "/leave", sign_out},
    {"POST", "/federal", federal_sign_in},
    {"GET", "/federal/return", federal_return},
    {"GET", "/activate", activation_page},
    {"POST", "/activate", activate},
};

constexpr FamilyRoute kFamilyRoutes[] = {
    {"GET", "/diary/{pupil}", diary_page},
    {"GET", "/diary/{pupil}/messages", messages_page},
    {"POST", "/diary/{pupil}/messages", write_to_school},
    {"GET", "/diary/{pupil}/absence", absence_page},
    {"POST", "/diary/{pupil}/absence", announce_absence},
    {"POST", "/diary/{pupil}/absence/withdraw", withdraw_absence},
    {"GET", "/own", own_data_page},
    {"POST", "/own/contact", set_own_contact},
    {"POST", "/own/consent", set_own_consent},
    {"POST", "/own/identity", bind_identity},
    {"POST", "/own/identity/unbind", unbind_identity},
};

}  // namespace

std::span<const OpenRoute> open_routes() { return kOpenRoutes; }
std::span<const FamilyRoute> family_routes() { return kFamilyRoutes; }

}  // namespace zimnik::hub
