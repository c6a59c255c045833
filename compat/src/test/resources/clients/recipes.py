"""kazoo against one server: recipes.py HOST:PORT. Prints OK, or fails with a traceback."""
import os
import subprocess
import sys
import threading

from kazoo.client import KazooClient
from kazoo.exceptions import (
    BadVersionError,
    NoAuthError,
    NodeExistsError,
    NoNodeError,
    NotEmptyError,
    RolledBackError,
    RuntimeInconsistency,
)
from kazoo.recipe.cache import TreeCache
from kazoo.security import make_digest_acl

HOSTS = sys.argv[1]
WAIT = 30


def client(**more):
    zk = KazooClient(hosts=HOSTS, timeout=20.0, **more)
    zk.start(timeout=WAIT)
    return zk


def raises(kind, call, *args, **kwargs):
    try:
        call(*args, **kwargs)
    except kind:
        return
    raise AssertionError("%s expected" % kind.__name__)


def basics(zk):
    assert zk.server_version()[:2] == (3, 9), zk.server_version()
    assert zk.create("/k/a/b", b"1", makepath=True) == "/k/a/b"
    raises(NodeExistsError, zk.create, "/k/a/b")
    assert zk.create("/k/s-", b"", sequence=True, ephemeral=True) == "/k/s-0000000001"
    data, stat = zk.get("/k/a/b")
    assert data == b"1" and stat.version == 0 and stat.data_length == 1
    assert zk.set("/k/a/b", b"2", version=0).version == 1
    raises(BadVersionError, zk.set, "/k/a/b", b"3", version=0)
    raises(NoNodeError, zk.get, "/k/none")
    raises(NotEmptyError, zk.delete, "/k/a")
    names, stat = zk.get_children("/k", include_data=True)
    assert sorted(names) == ["a", "s-0000000001"] and stat.children_count == 2
    assert zk.sync("/k") == "/k"
    path, stat = zk.create("/k/two", b"x", include_data=True)
    assert path == "/k/two" and stat.data_length == 1
    zk.delete("/k", recursive=True)
    assert zk.exists("/k") is None


def access(zk, other):
    zk.add_auth("digest", "me:secret")
    zk.create("/acl", b"s", acl=[make_digest_acl("me", "secret", all=True)])
    raises(NoAuthError, other.get, "/acl")
    acl, stat = zk.get_acls("/acl")
    assert acl[0].id.id.startswith("me:") and stat.aversion == 0
    other.add_auth("digest", "me:secret")
    assert other.get("/acl")[0] == b"s"


def transactions(zk):
    t = zk.transaction()
    t.create("/t", b"1")
    t.set_data("/t", b"2")
    t.check("/t", 1)
    t.create("/t/e", ephemeral=True)
    t.delete("/t/e")
    results = t.commit()
    assert results[0] == "/t" and results[1].version == 1, results
    t = zk.transaction()
    t.set_data("/t", b"3")
    t.delete("/t/none")
    t.check("/t", 0)
    kinds = [type(r) for r in t.commit()]
    assert kinds == [RolledBackError, NoNodeError, RuntimeInconsistency], kinds
    assert zk.get("/t")[0] == b"2"


def watchers(zk, other):
    seen, done = [], threading.Event()

    @zk.DataWatch("/w")
    def data_changed(data, stat):
        seen.append(data)
        if data == b"last":
            done.set()
            return False

    names, full = [], threading.Event()
    other.ensure_path("/w")

    @zk.ChildrenWatch("/w")
    def children_changed(children):
        names[:] = children
        if len(children) == 5:
            full.set()

    for i in range(5):
        other.create("/w/n%d" % i)
    assert full.wait(WAIT), names
    other.set("/w", b"last")
    assert done.wait(WAIT), seen
    assert seen[0] is None and seen[-1] == b"last", seen


def locks(zk, other):
    inside, overlaps, total = [0], [0], [0]

    def work(who):
        lock = who.Lock("/lock", "w")
        for _ in range(10):
            with lock:
                inside[0] += 1
                overlaps[0] += inside[0] != 1
                total[0] += 1
                inside[0] -= 1

    threads = [threading.Thread(target=work, args=(w,)) for w in (zk, other, zk, other)]
    for t in threads:
        t.start()
    for t in threads:
        t.join(WAIT * 2)
    assert total[0] == 40 and overlaps[0] == 0, (total, overlaps)
    a, b = zk.WriteLock("/rw"), other.ReadLock("/rw")
    assert a.acquire(timeout=WAIT)
    assert not b.acquire(blocking=False)
    a.release()
    assert b.acquire(timeout=WAIT)
    b.release()


def counters(zk, other):
    def count(who):
        counter = who.Counter("/count")
        for _ in range(20):
            counter += 1

    threads = [threading.Thread(target=count, args=(w,)) for w in (zk, other)]
    for t in threads:
        t.start()
    for t in threads:
        t.join(WAIT)
    assert zk.Counter("/count").value == 40


def elections(zk, other):
    order, both = [], threading.Event()

    def lead(name):
        order.append(name)
        if len(order) == 2:
            both.set()

    threads = [
        threading.Thread(target=w.Election("/election", n).run, args=(lead, n))
        for w, n in ((zk, "a"), (other, "b"))
    ]
    for t in threads:
        t.start()
    assert both.wait(WAIT), order
    for t in threads:
        t.join(WAIT)
    assert sorted(order) == ["a", "b"]


def others(zk, other):
    queue = zk.LockingQueue("/queue")
    queue.put_all([b"1", b"2"])
    assert other.LockingQueue("/queue").get(WAIT) == b"1"
    barrier = zk.DoubleBarrier("/barrier", 2)
    second = threading.Thread(target=other.DoubleBarrier("/barrier", 2).enter)
    second.start()
    barrier.enter()
    second.join(WAIT)
    assert not second.is_alive()
    party = zk.ShallowParty("/party", "one")
    party.join()
    assert list(other.ShallowParty("/party")) == list(party)
    cached = threading.Event()
    cache = TreeCache(zk, "/tree")
    other.ensure_path("/tree/a")

    def notice(event):
        if event.event_data and event.event_data.path == "/tree/b":
            cached.set()

    cache.listen(notice)
    cache.start()
    other.create("/tree/b", b"x")
    assert cached.wait(WAIT)
    cache.close()


def leave():
    """Dies without closing its session."""
    zk = client()
    zk.create("/left", ephemeral=True)
    print(zk.client_id[0], zk.client_id[1].hex())
    sys.stdout.flush()
    os._exit(0)


def sessions(zk):
    said = subprocess.check_output([sys.executable, __file__, HOSTS, "leave"]).split()
    again = client(client_id=(int(said[0]), bytes.fromhex(said[1].decode())))
    assert again.client_id[0] == int(said[0])
    assert again.get("/left")[1].ephemeralOwner == int(said[0])
    again.stop()
    assert zk.exists("/left") is None


if len(sys.argv) > 2:
    leave()
zk, other = client(), client()
basics(zk)
access(client(), client())
transactions(zk)
watchers(zk, other)
locks(zk, other)
counters(zk, other)
elections(zk, other)
others(zk, other)
sessions(zk)
zk.stop()
other.stop()
print("OK")
sys.stdout.flush()
