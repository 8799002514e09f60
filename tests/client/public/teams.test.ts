/** Choosing a team to follow among hundreds: order, search as people type, names that occur twice. */

import { describe, expect, it } from 'vitest';
import { fits } from '../../../app/client/public/finding';
import { teamLabel, teamsFound, type Team } from '../../../app/client/public/teams';

function team(name: string, number = 1, organisation = 'Мектеп'): Team {
  return { id: `${name} ${number}`, number, team: name, organisation, division: 'line' };
}

it('offers teams in the order of the Kazakh alphabet', () => {
  const names = ['Өрлеу', 'Орда', 'Ұшқыр', 'Қыран', 'Кемел', 'Әлем', 'Алтын', 'Команда 10', 'Команда 9'];
  const offered = teamsFound(names.map((name) => team(name)), '', '', 'kk').map((one) => one.team);
  expect(offered).toEqual(['Алтын', 'Әлем', 'Кемел', 'Команда 9', 'Команда 10', 'Қыран', 'Орда', 'Өрлеу', 'Ұшқыр']);
});

describe('finding a team', () => {
  const teams = [team('Өжет қыран', 7), team('Самұрық', 12, '№ 17 мектеп'), team('Созвездие', 17)];

  it.each([
    ['by letters of a Russian keyboard', 'ожет кыр', ['Өжет қыран']],
    ['by a piece of a word', 'звезд', ['Созвездие']],
    ['by its number, or its school’s', '17', ['Самұрық', 'Созвездие']],
    ['not by two letters from within a word', 'ве', []],
  ])('works %s', (_how, query, found) => {
    expect(teamsFound(teams, query, '', 'kk').map((one) => one.team)).toEqual(found);
  });

  it('keeps the one already chosen', () => {
    expect(teamsFound(teams, 'звезд', 'Самұрық 12', 'kk').map((one) => one.team)).toEqual(['Самұрық', 'Созвездие']);
  });

  it('needs every word', () => {
    expect(fits('өжет самұрық', 'Өжет қыран')).toBe(false);
  });
});

it('tells teams of one name apart by their numbers', () => {
  const teams = [team('Барыс', 3), team('Барыс', 8), team('Арлан', 9)];
  expect(teams.map((one) => teamLabel(one, teams))).toEqual(['Барыс · № 3', 'Барыс · № 8', 'Арлан']);
});
