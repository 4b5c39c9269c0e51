// What several pages say. Russian, to be translated.
#pragma once

namespace zimnik::hub {

inline constexpr const char* kTooMany = "Слишком много попыток. Подождите десять минут.";
inline constexpr const char* kBusy = "Сейчас входят слишком многие. Повторите через минуту.";
inline constexpr const char* kForeignForm =
    "Форма отправлена с другого сайта. Откройте эту страницу заново.";

}  // namespace zimnik::hub
