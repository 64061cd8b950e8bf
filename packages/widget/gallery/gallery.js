const states = [
  ['Card of somebody who takes part', 'show=card&scenario=pinned&signed=1'],
  ['Card of a newcomer', 'show=card&scenario=newcomer&signed=1'],
  ['First rewards', 'show=card&scenario=earning&signed=1'],
  ['Every reward and review', 'show=card&scenario=rewarded&signed=1'],
  ['Strange names among rewards', 'show=card&scenario=strangeRewards&signed=1'],
  ['Referrals that are checked, no rewards', 'show=card&scenario=checked&signed=1'],
  ['Invited, programme open to strangers', 'show=card&scenario=open&invitation=1&ref=ADA'],
  ['Confirmed by the message', 'show=card&scenario=open&laurel_confirm=good'],
  ['Card of a stranger', 'show=card&scenario=plain'],
  ['Programme that has ended', 'show=card&scenario=archived&signed=1'],
  ['Board, own row beyond the top', 'show=board&scenario=pinned&signed=1'],
  ['Board, own row in the top', 'show=board&scenario=top&signed=1'],
  ['Podium', 'show=board&scenario=leading&signed=1&podium='],
  ['Ties', 'show=board&scenario=ties&signed=1'],
  ['Everybody tied', 'show=board&scenario=equal'],
  ['Strange names', 'show=board&scenario=strange&signed=1'],
  ['One row', 'show=board&scenario=one&signed=1'],
  ['Nobody yet', 'show=board&scenario=empty&signed=1'],
  ['Hidden until the end', 'show=board&scenario=hidden'],
  ['Not started', 'show=board&scenario=soon'],
  ['Last hour', 'show=board&scenario=lastHour&signed=1'],
  ['Ended', 'show=board&scenario=ended&signed=1&podium='],
  ['Review queue of staff', 'show=review&scenario=queue&signed=1'],
  ['Nothing to review', 'show=review&scenario=quiet&signed=1'],
  ['No staff', 'show=review&scenario=plain&signed=1'],
  ['Contests of staff', 'show=editor&scenario=editor&signed=1'],
  ['No contests yet', 'show=editor&scenario=editorEmpty&signed=1'],
  ['A draft', 'show=editor&scenario=editor&signed=1&open=autumn'],
  ['Running', 'show=editor&scenario=editor&signed=1&open=spring'],
  ['Waiting for the draw', 'show=editor&scenario=editor&signed=1&open=winter'],
  ['Waiting for numbers', 'show=editor&scenario=editor&signed=1&open=lottery'],
  ['Drawn', 'show=editor&scenario=editor&signed=1&open=summer'],
  ['Courses of staff', 'show=author&scenario=courses&signed=1'],
  ['No courses yet', 'show=author&scenario=coursesEmpty&signed=1'],
  ['A course that is taught', 'show=author&scenario=courses&signed=1&open=barista'],
  ['A course with nothing in it', 'show=author&scenario=courses&signed=1&open=roasting'],
  ['A course with strange names', 'show=author&scenario=courses&signed=1&open=strange'],
  ['Courses, no staff', 'show=author&scenario=courses'],
  ['Learners', 'show=learners&scenario=courses&signed=1'],
  ['Learners of a cohort', 'show=learners&scenario=courses&signed=1&cohort=spring'],
  ['Learners with strange names', 'show=learners&scenario=learnersStrange&signed=1'],
  ['No learners yet', 'show=learners&scenario=learnersNone&signed=1'],
  ['Contest: raffle under way', 'show=contest&scenario=raffle&signed=1'],
  ['Contest: what a stranger sees', 'show=contest&scenario=raffle'],
  ['Contest: asks to join', 'show=contest&scenario=asksToJoin&signed=1'],
  ['Contest: not started', 'show=contest&scenario=soonRaffle&signed=1'],
  ['Contest: paused', 'show=contest&scenario=pausedRaffle&signed=1'],
  ['Contest: extended', 'show=contest&scenario=extendedRaffle&signed=1'],
  ['Contest: milestones', 'show=contest&scenario=milestones&signed=1'],
  ['Contest: leaderboard with prizes', 'show=contest&scenario=leaders&signed=1'],
  ['Contest: waitlist', 'show=contest&scenario=waitlist&signed=1'],
  ['Contest: joining the waitlist', 'show=contest&scenario=waitlistJoin&signed=1'],
  ['Contest: instant win', 'show=contest&scenario=instant&signed=1'],
  ['Contest: no team yet', 'show=contest&scenario=teamsNone&signed=1'],
  ['Contest: in a team', 'show=contest&scenario=teamsMine&signed=1'],
  ['Contest: entries sealed', 'show=contest&scenario=frozenRaffle&signed=1'],
  ['Contest: results, and the check of the draw', 'show=contest&scenario=endedRaffle&signed=1'],
  ['Contest: a draw that does not hold', 'show=contest&scenario=forged&signed=1'],
  ['Contest: evidence that cannot be read', 'show=contest&scenario=unreadable&signed=1'],
  ['Contest: won, to be claimed', 'show=contest&scenario=winner&signed=1'],
  ['Contest: won and claimed', 'show=contest&scenario=claimedPrize&signed=1'],
  ['Contest: won and lapsed', 'show=contest&scenario=lapsed&signed=1'],
  ['Contest: taken out', 'show=contest&scenario=takenOut&signed=1'],
  ['Contest: strange words', 'show=contest&scenario=strangeContest&signed=1'],
  ['Board of friends', 'show=board&view=friends&scenario=pinned&signed=1'],
  ['Board of teams', 'show=board&view=teams&scenario=teamsMine&signed=1'],
  ['Board of a cohort', 'show=board&view=cohort&scenario=league&signed=1'],
  ['Board of the period before', 'show=board&view=previous&scenario=pinned'],
  ['No answer: skeleton, then silence', 'scenario=hanging'],
  ['API down: silence', 'scenario=down'],
];

const form = document.querySelector('#choose');

function draw() {
  const { width, ...query } = Object.fromEntries(new FormData(form));
  document.querySelector('#states').replaceChildren(
    ...states.map(([title, state]) => {
      const figure = document.createElement('figure');
      const caption = document.createElement('figcaption');
      const frame = document.createElement('iframe');
      caption.textContent = title;
      frame.title = title;
      frame.width = width;
      frame.loading = 'lazy';
      frame.src = `/page?${state}&${new URLSearchParams(query)}`;
      figure.append(caption, frame);
      return figure;
    }),
  );
}

form.addEventListener('change', draw);
draw();
