/**
 * An expected no of the embedded PostgreSQL: the message is one line that tells the operator what is wrong and
 * what to do. Everything else that fails throws an ordinary Error, with the server's own words.
 */
export class EmbeddedPostgresRefusal extends Error {
  override readonly name = 'EmbeddedPostgresRefusal';
}
