/** How many of a team have said that they read a version. */
export type TeamCoverage = { team: string; members: number; readers: number };

/** In a team of fewer, a number would be a name. */
export const fewestShown = 3;

/** Coverage as everybody may see it: teams of one or two are counted together, without their names. */
export function coverageShown(teams: readonly TeamCoverage[]): TeamCoverage[] {
  const isSmall = ({ members }: TeamCoverage) => members < fewestShown;
  const small = teams.filter(isSmall);
  const members = small.reduce((sum, it) => sum + it.members, 0);
  const readers = small.reduce((sum, it) => sum + it.readers, 0);
  const together = members < fewestShown ? [] : [{ team: 'Smaller teams', members, readers }];
  return [...teams.filter((team) => !isSmall(team)), ...together];
}
