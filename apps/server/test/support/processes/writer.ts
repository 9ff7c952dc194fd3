/** A process that commits rows in an embedded database and reports each one once it is acknowledged. */
import { sql } from 'kysely';
import { withTransaction } from '../../../src/infra/database/database.ts';
import { openEmbedded } from '../../../src/infra/database/open.ts';

const [, , directory = '', program = ''] = process.argv;
const database = await openEmbedded({ directory, program: new URL(program) });
await database.pool.query('create table if not exists written (n int primary key)');
for (let n = 1; ; n++) {
  await withTransaction(database, (tx) => sql`insert into written values (${n})`.execute(tx));
  process.stdout.write(`${n}\n`);
}
