// A pool whose objects come back by themselves, and may outlive it.
#ifndef WORKBOOK_03_04_LEASING_POOL_H_
#define WORKBOOK_03_04_LEASING_POOL_H_

#include <memory>
#include <utility>

#include "03_04/object_pool.h"
#include "tools/exercise/todo.h"

namespace workbook {

// The use of one object of a pool, ended by the destructor. Move-only. The
// object goes back to its pool, or is destroyed if the pool is dead.
// Thread safety: the thread of its pool.
template <class T, class Policy>
class Lease {
 public:
  // Makes an empty lease. No allocation, as for all functions of a lease.
  Lease() = default;

  // Leases `object`, which goes back to `pool`. Given.
  Lease(std::weak_ptr<ObjectPool<T, Policy>> pool, std::unique_ptr<T> object)
      : pool_(std::move(pool)), object_(std::move(object)) {}

  // Takes over the object of `other`, which is empty afterwards.
  Lease(Lease&& other) noexcept = default;

  // Does the same, and first returns the object that it had. Assigning a lease
  // to itself changes nothing.
  Lease& operator=(Lease&& other) noexcept {
    // Yours. No Todo: it may not leave a noexcept function.
    return *this;
  }

  // Ends the lease, as Return does.
  ~Lease() {
    // Yours. No Todo: it may not leave a destructor.
  }

  // Ends the lease now; does nothing where it is empty. The object is back in
  // the pool when the call returns, or destroyed if the pool is dead.
  // Cost: that of ObjectPool::Give.
  void Return() noexcept {
    // Yours. No Todo: it may not leave a noexcept function.
  }

  // Hands the object over to the caller; the pool never gets it back.
  // The lease is empty afterwards.
  std::unique_ptr<T> Detach() { Todo("03_04 task 5: Lease::Detach"); }

  // Returns whether there is an object: not in one that was moved from,
  // returned or detached.
  explicit operator bool() const { return object_ != nullptr; }

  // Returns the object.
  // REQUIRES: the lease is not empty.
  T& operator*() const { return *object_; }
  T* operator->() const { return object_.get(); }

 private:
  std::weak_ptr<ObjectPool<T, Policy>> pool_;
  std::unique_ptr<T> object_;
};

// An ObjectPool that lends leases.
//
// Invariants:
// 1. When the pool dies, its idle objects die at once, also while leases live.
// 2. A lease never touches a dead pool.
// Thread safety: one thread, its leases included.
template <class T, class Policy>
class LeasingPool {
 public:
  // Makes an empty pool.
  // Cost: two allocations.
  explicit LeasingPool(const PoolBounds& bounds)
      : pool_(std::make_shared<ObjectPool<T, Policy>>(bounds)) {}
  LeasingPool(const LeasingPool&) = delete;
  LeasingPool& operator=(const LeasingPool&) = delete;

  // Lends an object as ObjectPool::Take does.
  // Cost: that of ObjectPool::Take, and no further allocation.
  // On failure: as ObjectPool::Take.
  Lease<T, Policy> Take() { Todo("03_04 task 5: LeasingPool::Take"); }

  // Returns the statistics of the ObjectPool.
  PoolStatistics Statistics() const { return pool_->Statistics(); }

 private:
  std::shared_ptr<ObjectPool<T, Policy>> pool_;
};

}  // namespace workbook

#endif  // WORKBOOK_03_04_LEASING_POOL_H_
