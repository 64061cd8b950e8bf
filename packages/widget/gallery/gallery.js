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
  ['Video: begun on another device', 'show=video&scenario=lecture&signed=1'],
  ['Video: not begun', 'show=video&scenario=lectureNew&signed=1'],
  ['Video: done', 'show=video&scenario=lectureDone&signed=1'],
  ['Video: locked', 'show=video&scenario=lectureLocked&signed=1'],
  ['Video: not enrolled', 'show=video&scenario=lectureNotEnrolled&signed=1'],
  ['Video: nobody signed in', 'show=video&scenario=lecture'],
  ['Video: strange words', 'show=video&scenario=lectureStrange&signed=1'],
  ['Video: does not play', 'show=video&scenario=lectureBroken&signed=1'],
  ['Progress: under way', 'show=progress&scenario=learning&signed=1'],
  ['Progress: nothing yet', 'show=progress&scenario=learningFresh&signed=1'],
  ['Progress: finished', 'show=progress&scenario=learningDone&signed=1'],
  ['Progress: nothing open', 'show=progress&scenario=learningWaits&signed=1'],
  ['Progress: strange names', 'show=progress&scenario=learningStrange&signed=1'],
  ['Progress: no lessons', 'show=progress&scenario=learningEmpty&signed=1'],
  ['Progress: what a stranger sees', 'show=progress&scenario=enrolPaid'],
  ['Progress: enrol', 'show=progress&scenario=enrolPaid&signed=1'],
  ['Progress: enrol in a group', 'show=progress&scenario=enrolGroups&signed=1'],
  ['Progress: full', 'show=progress&scenario=enrolFull&signed=1'],
  ['Progress: waiting', 'show=progress&scenario=enrolWaiting&signed=1'],
  ['Progress: to be paid', 'show=progress&scenario=enrolUnpaid&signed=1'],
  ['Course: a page', 'show=course&scenario=learning&signed=1&lesson=welcome'],
  ['Course: begun', 'show=course&scenario=learning&signed=1'],
  ['Course: video', 'show=course&scenario=learning&signed=1&lesson=week-1-video'],
  ['Course: live', 'show=course&scenario=learning&signed=1&lesson=week-3-practice'],
  ['Course: quiz', 'show=course&scenario=learning&signed=1&lesson=week-3-quiz'],
  ['Course: strange', 'show=course&scenario=learningStrange&signed=1'],
  ['Course: to be enrolled in', 'show=course&scenario=enrolFree&signed=1'],
  ['Catalogue', 'show=catalogue&scenario=catalogue&signed=1'],
  ['Catalogue: what a stranger sees', 'show=catalogue&scenario=catalogue'],
  ['Catalogue: empty', 'show=catalogue&scenario=catalogueEmpty'],
  ['Catalogue: strange', 'show=catalogue&scenario=catalogueStrange&signed=1'],
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
