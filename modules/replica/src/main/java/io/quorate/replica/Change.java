package io.quorate.replica;

import io.quorate.api.Acl;
import io.quorate.api.EventType;
import io.quorate.api.ZnodePath;

/** A change of a znode that watches may be told of, with the ACLs as of the change (WAT-7). */
record Change(EventType type, ZnodePath path, Acl acl, Acl parentAcl) {}
