#include "hub/web/routes.h"

#include "hub/web/activation.h"
#include "hub/web/calendar.h"
#include "hub/web/delivery.h"
#include "hub/web/delivery_links.h"
#include "hub/web/diary.h"
#include "hub/web/door.h"

namespace zimnik::hub {
namespace {

constexpr OpenRoute kOpenRoutes[] = {
    {"GET", "/", home_page},
    {"POST", "/", sign_in},
    {"POST", "/leave", sign_out},
    {"GET", "/activate", activation_page},
    {"POST", "/activate", activate},
    {"GET", "/calendar/{file}", calendar_feed},
    {"GET", "/confirm/{link}", confirmation_page},
    {"POST", "/confirm/{link}", confirm_address},
    {"GET", "/unsubscribe/{link}", unsubscription_page},
    {"POST", "/unsubscribe/{link}", unsubscribe},
};

constexpr FamilyRoute kFamilyRoutes[] = {
    {"GET", "/diary/{pupil}", diary_page},
    {"GET", "/delivery", delivery_page},
    {"POST", "/delivery/address", set_delivery_address},
    {"POST", "/delivery/news", choose_news},
    {"POST", "/delivery/messages", choose_messages},
    {"POST", "/delivery/calendar", renew_calendar},
    {"POST", "/delivery/calendar/close", close_calendar},
};

}  // namespace

std::span<const OpenRoute> open_routes() { return kOpenRoutes; }
std::span<const FamilyRoute> family_routes() { return kFamilyRoutes; }

}  // namespace zimnik::hub
