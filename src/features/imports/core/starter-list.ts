import type { Sheet } from '../../../platform/core/sheet.ts';

/** An activity that most companies forget to assign. `names`: what else it is called, to find it in a register. */
export type Starter = {
  key: string;
  name: string;
  line: string;
  discipline: string;
  names: readonly string[];
};

const of =
  (discipline: string) =>
  (key: string, name: string, line: string, ...names: string[]): Starter => ({
    ...{ key, name, line, discipline, names },
  });
const marketing = of('product-marketing');
const strategy = of('strategy');
const operations = of('product-operations');
const technical = of('technical-pm');
const projects = of('project-management');
const design = of('design');
const research = of('research');
const engineering = of('engineering');
const data = of('data');

/** About thirty, in our own words; a line is what whoever carries it sees to. */
export const starters: readonly Starter[] = [
  marketing('pricing', 'Pricing and packaging', 'What it costs, and what is in which plan.', 'pricing'),
  marketing('launches', 'Launches', 'Who hears of something new, when, and how.', 'product launches'),
  marketing(
    'release-notes',
    'Release notes',
    'What has changed, in the words of those who use it.',
    'changelog',
  ),
  marketing('sales-enablement', 'Sales enablement', 'What sales needs to show and to answer.'),
  marketing('naming', 'Naming', 'What features are called, the same everywhere.'),
  marketing(
    'competitor-watch',
    'Competitor watch',
    'What others ship, and what it means for us.',
    'competitive intelligence',
  ),
  marketing(
    'win-loss',
    'Win and loss reviews',
    'Why deals were won and lost, asked of those who know.',
    'win loss',
  ),
  strategy('strategy-refresh', 'Strategy refresh', 'The strategy is looked at again before it is stale.'),
  strategy('portfolio', 'What we do not do', 'A list of what was said no to, and why.'),
  strategy('partners', 'Partnerships', 'Whom we build with, and what they were promised.'),
  operations('roadmap-news', 'Roadmap communication', 'Everybody hears what comes, and what moved.'),
  operations('feedback', 'Feedback triage', 'What customers ask for is read, sorted and answered.'),
  operations('tools', 'Product tools', 'Who has access to what, and what is paid for.'),
  operations('onboarding-pms', 'Onboarding of product people', 'The first weeks of whoever joins.'),
  technical('deprecations', 'Deprecations', 'What is switched off, when, and who is told.', 'sunsetting'),
  technical('api-versions', 'API changes', 'What may break for those who build on us.'),
  technical(
    'incident-news',
    'Incident communication',
    'What customers hear while something is down.',
    'status page',
  ),
  technical('privacy', 'Privacy reviews', 'New data is looked at before it is collected.'),
  projects('betas', 'Beta programmes', 'Who tries what early, and what came of it.', 'beta program'),
  projects('vendors', 'Vendor contracts', 'What we buy, until when, and whether we still need it.'),
  projects('dependencies', 'Promises between teams', 'Who waits for whom, and until when.', 'dependencies'),
  design('accessibility', 'Accessibility', 'Whether everybody can use it, checked before it ships.'),
  design('design-system', 'Design system', 'The parts that screens are made of.'),
  design(
    'localisation',
    'Localisation',
    'Other languages, and who checks them.',
    'localization',
    'translations',
  ),
  design(
    'empty-states',
    'First use of the product',
    'What new customers meet in the first ten minutes.',
    'customer onboarding',
  ),
  research('interviews', 'Customer interviews', 'Somebody talks with customers every week.'),
  research('panel', 'Research panel', 'Whom we may ask, and who was asked lately.'),
  engineering('escalations', 'Support escalations', 'What support cannot solve reaches somebody.'),
  engineering('documentation', 'Documentation', 'What customers and colleagues read is true.', 'docs'),
  engineering('flags', 'Feature flags', 'Old switches are taken out again.'),
  data('metrics', 'Metrics definitions', 'What a number means is written down once.'),
  data('data-quality', 'Data quality', 'What is tracked is right, and gaps are seen.', 'tracking'),
  data(
    'experiments',
    'Experiment reviews',
    'Tests are planned, read and ended.',
    'ab tests',
    'experimentation',
  ),
];

export const disciplineNames: Readonly<Record<string, string>> = {
  'product-marketing': 'Product marketing',
  strategy: 'Strategy',
  'product-operations': 'Product operations',
  'technical-pm': 'Technical product management',
  'project-management': 'Project management',
  design: 'Design',
  research: 'Research',
  engineering: 'Engineering',
  data: 'Data',
};

/** What was picked, as a sheet: activities that nobody carries yet. */
export function starterSheet(picked: readonly Starter[]): Sheet {
  return {
    name: null,
    columns: ['Name', 'Summary', 'Type', 'Discipline'],
    rows: picked.map(({ name, line, discipline }, index) => ({
      line: index + 1,
      cells: [name, line, 'activity', discipline],
    })),
    notes: [],
  };
}
