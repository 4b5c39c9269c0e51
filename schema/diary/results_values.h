// A pupil's results, one subject, and what lies ahead, as the values of the templates
// diary_results, diary_subject and diary_schedule, which the node and the hub show. Pure; any
// thread.
#pragma once

#include "schema/read/extract.h"
#include "schema/read/pupil_schedule.h"
#include "schema/read/pupil_subject.h"
#include "sync/web/catalogue.h"
#include "sync/web/values.h"

namespace zimnik::journal {

web::Values results_values(const Extract& extract, const web::Translator& translate);
web::Values subject_values(const PupilSubject& subject, const web::Translator& translate);
web::Values schedule_values(const PupilSchedule& schedule, const web::Translator& translate);

}  // namespace zimnik::journal
