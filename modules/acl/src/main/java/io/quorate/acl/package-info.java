/** Access control: decides by ACL and identities. Pure. */
@NullMarked
package io.quorate.acl;

import org.jspecify.annotations.NullMarked;
