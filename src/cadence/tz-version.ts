/** The version of the time zone database that this process reckons with, such as "2026b". Versions sort as text. */
export const tzVersion = process.versions['tz'] ?? 'unknown';
