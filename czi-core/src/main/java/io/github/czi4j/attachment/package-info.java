/** What attachments hold: time stamps, events, look-up tables, pictures, archives (sheet §6.3). */
package io.github.czi4j.attachment;
