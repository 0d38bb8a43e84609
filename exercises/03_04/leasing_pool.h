// SPDX-License-Identifier: Apache-2.0

// A pool whose objects come back by themselves, and may outlive it.
#ifndef WORKBOOK_03_04_LEASING_POOL_H_
#define WORKBOOK_03_04_LEASING_POOL_H_

#include <cstddef>
#include <memory>
#include <utility>

#include "03_04/object_pool.h"
#include "tools/exercise/todo.h"

namespace workbook {

// What a LeasingPool and its leases own together. One thread changes the count,
// so it needs no atomic operations, which would cost more than all the rest.
template <class T, class Policy>
struct LeasedPool {
  std::unique_ptr<ObjectPool<T, Policy>> pool;  // null: the pool is dead
  std::size_t owners = 1;                       // the last one deletes this
};

// The use of one object of a pool, ended by the destructor. Move-only. The
// object goes back to its pool, or is destroyed if the pool is dead.
// Thread safety: the thread of its pool.
template <class T, class Policy>
class Lease {
 public:
  // Makes an empty lease. No allocation, as for all functions of a lease.
  Lease() = default;

  // Leases `object` of `home->pool`, as one of the owners that `home` counts
  // already. Given.
  Lease(LeasedPool<T, Policy>* home, std::unique_ptr<T> object)
      : home_(home), object_(std::move(object)) {}

  // Takes over the object of `other`, which is empty afterwards. Given.
  Lease(Lease&& other) noexcept
      : home_(std::exchange(other.home_, nullptr)),
        object_(std::move(other.object_)) {}

  // Does the same, and returns the object that this lease had. Assigning a
  // lease to itself changes nothing.
  Lease& operator=(Lease&& other) noexcept {
    // Yours. No Todo: it may not leave a noexcept function.
    return *this;
  }

  // Ends the lease, as Return does.
  ~Lease() {
    // Yours. No Todo: it may not leave a destructor.
  }

  // Ends the lease now; does nothing where it is empty. When the call returns,
  // the lease is empty, and the object is back in the pool, or destroyed if the
  // pool is dead.
  // Cost: that of ObjectPool::Give.
  void Return() noexcept {
    // Yours. No Todo: it may not leave a noexcept function.
  }

  // Hands the object over to the caller; the pool never gets it back. The lease
  // is empty afterwards. Returns nullptr where it is empty already.
  std::unique_ptr<T> Detach() { Todo("03_04 task 5: Lease::Detach"); }

  // Returns whether there is an object: not in a lease that was moved from,
  // returned or detached.
  explicit operator bool() const { return object_ != nullptr; }

  // Returns the object.
  // REQUIRES: the lease is not empty.
  T& operator*() const { return *object_; }
  T* operator->() const { return object_.get(); }

 private:
  LeasedPool<T, Policy>* home_ = nullptr;  // null: the lease is empty
  std::unique_ptr<T> object_;
};

// An ObjectPool that lends leases.
//
// Invariants:
// 1. When the pool dies, its idle objects die at once, also while leases live.
// 2. A lease never touches a dead pool.
// 3. home_->owners is the number of leases that are not empty, and one more
//    while the pool lives.
// Thread safety: one thread, its leases included.
template <class T, class Policy>
class LeasingPool {
 public:
  // Makes an empty pool. Given.
  // Cost: three allocations.
  explicit LeasingPool(const PoolBounds& bounds)
      : home_(new LeasedPool<T, Policy>{
            std::make_unique<ObjectPool<T, Policy>>(bounds)}) {}
  LeasingPool(const LeasingPool&) = delete;
  LeasingPool& operator=(const LeasingPool&) = delete;

  // Destroys the idle objects. Objects that are leased live on.
  ~LeasingPool() {
    // Yours. No Todo: it may not leave a destructor.
  }

  // Lends an object as ObjectPool::Take does.
  // Cost: that of ObjectPool::Take, and no further allocation.
  // On failure: as ObjectPool::Take.
  Lease<T, Policy> Take() { Todo("03_04 task 5: LeasingPool::Take"); }

  // Returns the statistics of the ObjectPool. Given.
  PoolStatistics Statistics() const { return home_->pool->Statistics(); }

 private:
  LeasedPool<T, Policy>* home_;
};

}  // namespace workbook

#endif  // WORKBOOK_03_04_LEASING_POOL_H_
