// What RapidCheck draws: values, transactions, batches and messages that are valid, and otherwise
// of any shape.
#pragma once

#include <rapidcheck.h>

#include <ostream>
#include <vector>

#include "sync/core/batch.h"
#include "sync/core/message.h"

namespace zimnik::sync::test {

rc::Gen<Value> any_value();
rc::Gen<Key> any_key();
rc::Gen<Transaction> any_edit();
rc::Gen<Transaction> any_transaction();
rc::Gen<Message> any_message();

/// Leaves in causal order on a few lines, and the versions that they may name by their place.
struct AnyBatch {
  BatchContext context;
  std::vector<BatchLeaf> leaves;
};
/// Its leaves overwrite what over_at of samples.h gives, and hashes that it doesn't.
rc::Gen<AnyBatch> any_batch();

}  // namespace zimnik::sync::test
