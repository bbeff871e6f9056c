/** What stands around a hit in a snippet of the database's: characters that nobody types. */
export const hitMarks = { begin: '\ue000', end: '\ue001' };
