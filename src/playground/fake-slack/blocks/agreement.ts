import type { Interactive } from './elements.ts';
import { type Problem, pointerTo } from './problem.ts';

type Path = readonly PropertyKey[];
type Offered = { value: string; text: { text: string } };

/** What a schema of one element cannot see: fields that must agree with each other. */
export function elementProblems(element: Interactive, at: Path): Problem[] {
  return [...tooManyChosen(element, at), ...disagreeing(element, at)];
}

function disagreeing(element: Interactive, at: Path): Problem[] {
  const refuse = (field: string, message: string): Problem[] => [
    { pointer: pointerTo([...at, field]), message },
  ];
  switch (element.type) {
    case 'static_select':
    case 'multi_static_select': {
      if ((element.options === undefined) === (element.option_groups === undefined)) {
        const message = 'exactly one of options and option_groups is required';
        return [{ pointer: pointerTo(at), message }];
      }
      const offered = element.options ?? element.option_groups?.flatMap((group) => group.options) ?? [];
      return element.type === 'static_select'
        ? mustOfferOne(element.initial_option, offered, at)
        : mustOfferAll(element.initial_options, offered, at);
    }
    case 'radio_buttons':
      return mustOfferOne(element.initial_option, element.options, at);
    case 'checkboxes':
      return mustOfferAll(element.initial_options, element.options, at);
    case 'number_input': {
      const [least, most] = [Number(element.min_value ?? -Infinity), Number(element.max_value ?? Infinity)];
      if (least > most) return refuse('min_value', 'min_value must be less than max_value');
      const initial = element.initial_value === undefined ? undefined : Number(element.initial_value);
      const isOutside = initial !== undefined && (initial < least || initial > most);
      return isOutside
        ? refuse('initial_value', 'initial_value must lie between min_value and max_value')
        : [];
    }
    case 'plain_text_input': {
      const { initial_value = '', min_length = 0, max_length = Infinity } = element;
      if (min_length > max_length) return refuse('min_length', 'min_length must be less than max_length');
      return initial_value.length > max_length
        ? refuse('initial_value', 'initial_value must not be longer than max_length')
        : [];
    }
    default:
      return [];
  }
}

const initials = new Set(['initial_options', 'initial_users', 'initial_channels', 'initial_conversations']);

/** A menu cannot begin with more than may be chosen in it. */
function tooManyChosen(element: Interactive, at: Path): Problem[] {
  const most = 'max_selected_items' in element ? element.max_selected_items : undefined;
  if (most === undefined) return [];
  const message = `no more than ${most} items may be selected`;
  return Object.entries(element)
    .filter(([field, value]) => initials.has(field) && Array.isArray(value) && value.length > most)
    .map(([field]) => ({ pointer: pointerTo([...at, field]), message }));
}

function mustOfferOne(chosen: Offered | undefined, offered: Offered[], at: Path): Problem[] {
  return chosen === undefined || isOffered(chosen, offered)
    ? []
    : [notOffered(chosen, [...at, 'initial_option'])];
}

function mustOfferAll(chosen: Offered[] = [], offered: Offered[], at: Path): Problem[] {
  return chosen.flatMap((one, index) =>
    isOffered(one, offered) ? [] : [notOffered(one, [...at, 'initial_options', index])],
  );
}

function isOffered(one: Offered, offered: Offered[]): boolean {
  return offered.some((it) => it.value === one.value && it.text.text === one.text.text);
}

function notOffered(one: Offered, at: Path): Problem {
  return { pointer: pointerTo(at), message: `initial option "${one.value}" is not one of the options` };
}
