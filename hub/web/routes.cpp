#include "hub/web/routes.h"

#include "hub/web/absence.h"
#include "hub/web/activation.h"
#include "hub/web/calendar.h"
#include "hub/web/delivery.h"
#include "hub/web/delivery_links.h"
#include "hub/web/delivery_phone.h"
#include "hub/web/diary.h"
#include "hub/web/door.h"
#include "hub/web/federal.h"
#include "hub/web/messages.h"
#include "hub/web/own_data.h"
#include "hub/web/second_factor.h"

namespace zimnik::hub {
namespace {

constexpr OpenRoute kOpenRoutes[] = {
    {"GET", "/", home_page},
    {"POST", "/", sign_in},
    {"POST", "/leave", sign_out},
    {"POST", "/second-factor", check_second_factor},
    {"POST", "/federal", federal_sign_in},
    {"GET", "/federal/return", federal_return},
    {"GET", "/offline", offline_page},
    {"GET", "/activate", activation_page},
    {"POST", "/activate", activate},
    {"GET", "/calendar/{file}", calendar_feed},
    {"GET", "/confirm/{link}", confirmation_page},
    {"POST", "/confirm/{link}", confirm_address},
    {"GET", "/unsubscribe/{link}", unsubscription_page},
    {"POST", "/unsubscribe/{link}", unsubscribe, true},  // RFC 8058: mail programs send it
};

constexpr FamilyRoute kFamilyRoutes[] = {
    {"GET", "/diary/{pupil}", diary_page},
    {"GET", "/diary/{pupil}/day", day_page},
    {"GET", "/diary/{pupil}/results", results_page},
    {"GET", "/diary/{pupil}/subject/{subject}", subject_page},
    {"GET", "/diary/{pupil}/schedule", schedule_page},
    {"GET", "/diary/{pupil}/messages", messages_page},
    {"POST", "/diary/{pupil}/messages", write_to_school},
    {"GET", "/diary/{pupil}/absence", absence_page},
    {"POST", "/diary/{pupil}/absence", announce_absence},
    {"POST", "/diary/{pupil}/absence/withdraw", withdraw_absence},
    {"GET", "/own", own_data_page},
    {"POST", "/own/contact", set_own_contact},
    {"POST", "/own/consent", set_own_consent},
    {"GET", "/own/second-factor", second_factor_page},
    {"POST", "/own/second-factor", turn_on_second_factor},
    {"POST", "/own/second-factor/off", turn_off_second_factor},
    {"POST", "/own/identity", bind_identity},
    {"GET", "/own/identity/confirm", confirm_identity_page},
    {"POST", "/own/identity/confirm", confirm_identity},
    {"POST", "/own/identity/unbind", unbind_identity},
    {"GET", "/delivery", delivery_page},
    {"POST", "/delivery/address", set_delivery_address},
    {"POST", "/delivery/news", choose_news},
    {"POST", "/delivery/phone", set_phone},
    {"POST", "/delivery/phone/confirm", confirm_phone},
    {"POST", "/delivery/messages", choose_messages},
    {"POST", "/delivery/calendar", renew_calendar},
    {"POST", "/delivery/calendar/close", close_calendar},
};

}  // namespace

std::span<const OpenRoute> open_routes() { return kOpenRoutes; }
std::span<const FamilyRoute> family_routes() { return kFamilyRoutes; }

}  // namespace zimnik::hub
