"""The sentence for every code: what happened and what to do, in the asker's language."""

from __future__ import annotations

from functools import cache
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l

from .languages import request_locale

SENTENCES = {
    "trial_too_large": _l(
        "Trying this takes more than the server gives. Use fewer results, or simpler rules."
    ),
    "document_unreadable": _l("This is not a document we take. Use PDF, JPEG, PNG or WebP."),
    "document_locked": _l("This PDF has a password. Save it without one and attach it again."),
    "document_too_large": _l(
        "The document has more than %(most)s MB. Save it smaller, or attach it in parts."
    ),
    "document_too_many_pages": _l("A document may have up to %(most)s pages. Attach it in parts."),
    "documents_too_many": _l("An application takes up to %(most)s documents. Take one off first."),
    "documents_full": _l("The competition has no room for more documents. Ask the organiser."),
    "document_unknown": _l("There is no such document."),
    "picture_unreadable": _l("This is not a picture we take. Use PNG, JPEG or WebP."),
    "picture_too_large": _l("The picture has too many dots. A4 at 300 dpi is 2480 × 3508."),
    "stored": _l("Stored."),
    "id_reused": _l("A command with this id was already received with other content. Make a new one."),
    "made_by_other": _l("This was entered by another account and can only be sent by it."),
    "may_not_hand_in": _l("Only a referee may hand in what another judge made."),
    "not_of_a_tablet": _l("Only what a tablet keeps unsent can be handed in for its judge."),
    "author_unknown": _l("This was made by an account that is not a judge’s of this competition."),
    "author_of_other_field": _l("This was made by a judge of fields that are not yours."),
    "not_stored": _l("The server could not store this just now. Nothing was changed; it may be sent again."),
    "command_unknown": _l("There is no command %(type)s."),
    "command_malformed": _l("The command is not in the right form."),
    "command_internal": _l("This is done on the organiser's pages."),
    "payload_invalid": _l("Some fields are missing or wrong."),
    "target_unreadable": _l("The address of what this is about is not in the right form."),
    "target_of_wrong_kind": _l("This command is about another kind of thing: %(expected)s."),
    "expected_version_missing": _l("Say which version this was made against."),
    "version_stale": _l("It was changed meanwhile. See what changed, then keep yours or take theirs."),
    "not_allowed": _l("Your role does not allow this."),
    "sign_in_needed": _l("Sign in first."),
    "field_of_another": _l("This run is on field %(field)s, which is not yours."),
    "competition_exists": _l("There is already a competition with the address %(slug)s."),
    "competition_unknown": _l("There is no competition %(slug)s."),
    "slug_invalid": _l("The address may have small Latin letters, digits and hyphens, 2 to 40 of them."),
    "field_exists": _l("There is already a field %(code)s."),
    "field_unknown": _l("There is no field %(field)s."),
    "division_exists": _l("There is already a division %(code)s."),
    "division_unknown": _l("There is no division %(division)s. Known ones: %(known)s."),
    "division_empty": _l("The division %(division)s has no entries yet. Import them first."),
    "division_not_judged": _l("The division %(division)s has no rubric, so no panel marks it."),
    "panel_too_small": _l("The rules ask for at least %(count)s judges, each of them once."),
    "panel_not_drawn": _l("No panel marks %(division)s yet."),
    "projects_lack_judges": _l(
        "Fewer than %(count)s of these judges may mark the projects %(numbers)s. Add judges, or look at the ties again."
    ),
    "run_not_judged": _l("This run is not marked by a panel."),
    "no_sheet_to_give": _l("There is no sheet that this judge may take over."),
    "judge_unknown": _l("One of these judges has no open account in this competition."),
    "sheet_of_another_judge": _l("This sheet is another judge's."),
    "division_not_timed": _l("The division %(division)s is not run one by one, so it has no start list."),
    "division_started": _l("Runs of %(division)s have begun, so its numbers stay as they are."),
    "lots_not_used": _l("The rules of %(division)s draw no lots."),
    "lots_drawn": _l("Lots of %(division)s are drawn already."),
    "parameter_unknown": _l("There is no parameter “%(name)s”."),
    "parameter_fixed": _l("The parameter “%(name)s” is not one that may change on the day."),
    "out_of_bounds": _l("%(name)s is outside its bounds."),
    "discipline_unknown": _l("There is no such discipline. Known ones: %(known)s."),
    "region_unknown": _l("There is no region “%(region)s”."),
    "entry_of_application": _l(
        "№ %(number)s applied by itself: its application says what it is. It stays as it is."
    ),
    "entry_repeated": _l("The team “%(team)s” is already in this division."),
    "rows_invalid": _l("Nothing was imported. Problems found: %(count)s."),
    "start_list_not_drawn": _l("The start list of %(division)s is not drawn yet."),
    "no_late_entries": _l("Every entry of %(division)s is on its start list already."),
    "late_phase_over": _l("The first phase is over: who comes now cannot be taken in."),
    "late_partners_drawn": _l(
        "Partners are drawn for every match already: there is no room for another team."
    ),
    "partners_not_due": _l("No partners are to be drawn in this division now."),
    "not_a_partner": _l("Match %(match)s has no such partner."),
    "side_all_absent": _l("Nobody of that side is there: give match %(match)s to the other one."),
    "too_many_to_pair": _l("Partners can be drawn for %(most)s at the most."),
    "match_list_wrong": _l(
        "These matches do not fit the division as it is now: draw the partners again, for all who take part."
    ),
    "late_bracket_full": _l("This bracket is for eight alliances: there is no room for another team."),
    "late_rounds_over": _l("The last of the %(rounds)s rounds has begun: who comes now would meet nobody."),
    "late_pairing_played": _l(
        "There is no free place in what is drawn: match %(match)s (%(sides)s) was played and would be another."
    ),
    "start_list_drawn": _l("The start list of %(division)s is already drawn."),
    "run_unknown": _l("There is no such run."),
    "run_confirmed": _l("This run is already confirmed. To change it, correct it with a reason."),
    "run_not_confirmed": _l("This run is not confirmed yet, so there is nothing to correct."),
    "run_not_on_field": _l("This run is not open on field %(field)s."),
    "tap_implausible": _l("The time of this tap cannot be right. The clock on the screens stays as it is."),
    "run_not_started": _l("This run has no start time yet."),
    "finish_before_start": _l("This finish is not after the run’s start."),
    "runs_unconfirmed": _l("Runs still unconfirmed: %(count)s (%(runs)s). Confirm them before publishing."),
    "results_unpublished": _l("The results of %(division)s are not official yet."),
    "results_changed": _l(
        "Results of %(division)s changed after revision %(revision)s. Publish them again first."
    ),
    "tie_unknown": _l("Nobody is level at the border of degree %(degree)s."),
    "tie_undecided": _l(
        "Entries of %(division)s are level at the border of degree %(degree)s: the jury decides first."
    ),
    "overall_waits": _l("The overall protocol waits for the results of: %(divisions)s."),
    "overall_current": _l("The overall protocol is official already, as revision %(revision)s."),
    "papers_none": _l("There is nobody to issue these papers to, or all of them have theirs."),
    "run_replaced": _l("This run is held again; its new sheet is in the queue."),
    "run_begun": _l("The run of № %(number)s was begun already; only runs that wait can change places."),
    "run_settled": _l(
        "The run of № %(number)s began or was called, so the plan cannot move it. Make the plan anew."
    ),
    "run_not_on_this_field": _l("There is no such run waiting on field %(field)s."),
    "run_withdrawn": _l("The entry of this run was withdrawn."),
    "run_is_practice": _l("This is a practice run; add another one instead."),
    "sheets_do_not_differ": _l("There are no two sheets of this run that differ."),
    "sheets_of_others": _l("Only the two judges of this run or a referee can settle it."),
    "dispute_of_another": _l("Only the judge who made this sheet or a referee can settle it."),
    "dispute_needs_reason": _l("Say why the result stands against another judge’s sheet."),
    "escalation_unknown": _l("There is no such call for the chief judge."),
    "escalation_settled": _l("This call is settled already."),
    "escalation_of_another": _l("Only whoever called can take the call back."),
    "outcome_missing": _l("Say what came of it."),
    "match_unknown": _l("There is no such match."),
    "match_confirmed": _l("Match %(match)s is confirmed already. To change it, correct it with a reason."),
    "match_not_confirmed": _l("Match %(match)s is not confirmed yet."),
    "match_given": _l("Match %(match)s is decided: the other side has withdrawn."),
    "match_called_off": _l("Match %(match)s is no longer held: a result before it changed."),
    "match_replaced": _l("Match %(match)s is held again; its new sheet is in the queue."),
    "match_on_tablet": _l("Match %(match)s is being judged on a tablet. Confirm it there."),
    "match_is_practice": _l("This is a practice match; add another one instead."),
    "practice_sides_wrong": _l("A practice match is between two entries of one division."),
    "match_not_there": _l("There is no such match waiting on field %(field)s."),
    "match_not_on_field": _l("This match is not open on field %(field)s."),
    "match_undecided": _l("By its rules the match is not decided yet."),
    "match_begun": _l("Match %(match)s has begun, so it stays where it is."),
    "alliance_selection_begun": _l("The alliance selection has begun already."),
    "alliance_selection_not_begun": _l("The alliance selection has not begun."),
    "alliances_not_due": _l("The alliances are not due now: the phase before them must be over."),
    "alliances_incomplete": _l("Captains are still to pick; let every turn be over first."),
    "alliances_complete": _l("Every turn is over: nobody picks any more."),
    "alliances_formed": _l("The alliances stand already. Go back to the selection first."),
    "alliances_not_formed": _l("The alliances do not stand yet."),
    "alliances_too_few": _l("%(found)s alliances came about; %(needed)s are needed."),
    "alliances_of_count": _l(
        "The rules have %(most)s alliances; fewer can only be where the bracket allows it."
    ),
    "alliance_step_none": _l("There is nothing to take back."),
    "alliance_unknown": _l("There is no alliance %(alliance)s."),
    "alliance_member_unknown": _l("This team does not play for alliance %(alliance)s."),
    "not_available": _l("This team cannot be picked: it is in an alliance, has declined, or has withdrawn."),
    "backup_not_next": _l("Backups come in the order of the ranking: another team is next."),
    "backups_used_up": _l("Alliance %(alliance)s has called in all the backups it may (%(most)s)."),
    "matches_drawn": _l("The matches of %(division)s are already drawn."),
    "matches_not_drawn": _l("The matches of %(division)s are not drawn yet."),
    "matches_begun": _l("Matches of %(division)s have begun, so the draw stands."),
    "phase_not_begun": _l(
        "The next phase has not begun: a tie, alliances or partners are still to be settled on the page of matches."
    ),
    "matches_undecided": _l("Matches still undecided: %(count)s (%(matches)s)."),
    "pairing_played": _l(
        "Match %(match)s (%(sides)s) was paired by this result and has been played. Order its replay first."
    ),
    "bouts_invalid": _l("The bouts cannot be of this match."),
    "bout_after_end": _l("The match was decided before bout %(bout)s."),
    "countdown_unknown": _l("The rules of this match have no such countdown."),
    "side_unknown": _l("Only the two sides of the match can be named."),
    "lots_missing": _l("Draw the lots of %(division)s first."),
    "tie_not_open": _l("Nobody is level there any more."),
    "tie_choice_wrong": _l("Choose exactly %(places)s of those who are level."),
    "division_without_matches": _l("The division %(division)s has no matches by its rules."),
    "entries_too_few": _l("Entries found: %(found)s; needed: %(needed)s."),
    "entry_withdrawn": _l("The entry № %(number)s is withdrawn already."),
    "entry_not_withdrawn": _l("The entry № %(number)s is not withdrawn."),
    "protests_open": _l("Protests not decided yet: %(count)s (%(runs)s). Decide them before publishing."),
    "protests_of_matches_open": _l(
        "Protests not decided yet: %(count)s (matches %(matches)s). Decide them before publishing."
    ),
    "protest_late": _l("The time for a protest ended at %(until)s, %(window)s minutes after the result."),
    "protest_open_already": _l("A protest of № %(number)s about this result is open already."),
    "protest_fee_due": _l("The fee of protest %(number)s was not received yet."),
    "protest_fee_not_due": _l("No fee is due for protest %(number)s."),
    "protest_window_open": _l(
        "Results may be protested until %(until)s. Publish them then, or say why they need not wait."
    ),
    "runs_conflicting": _l("Two sheets that differ: %(count)s (%(runs)s). A judge or referee settles them."),
    "runs_disputed": _l(
        "Another tablet’s sheet says otherwise: %(count)s (%(runs)s). Its judge or a referee settles it."
    ),
    "matches_disputed": _l(
        "Another tablet’s result says otherwise: %(count)s (matches %(matches)s). Its judge or a referee settles it."
    ),
    "protest_unknown": _l("There is no such protest."),
    "protest_decided": _l("This protest is decided already."),
    "device_unknown": _l("This tablet is not signed in here."),
    "field_busy": _l("Another run is under way on field %(field)s."),
    "result_official": _l("The result is official; only a referee can change it."),
    "mark_unknown": _l("This discipline has no mark %(mark)s. Known ones: %(known)s."),
    "sheet_invalid": _l("The score sheet is not complete or breaks a rule."),
    "measurement_missing": _l(
        "The field measured no time for this run. Enter it by hand, or wait for the field."
    ),
    "field_halted": _l(
        "The emergency stop of field %(field)s was pressed. A referee releases the field on the page of its gates."
    ),
    "self_test_running": _l("Field %(field)s is being tested. End the test first."),
    "self_test_failed": _l(
        "The self-test of field %(field)s failed. Mend it and test again; a referee may override."
    ),
    "self_test_not_running": _l("Field %(field)s is not being tested."),
    "board_repeated": _l("The board “%(device)s” stands twice."),
    "channel_repeated": _l("Channel %(channel)s stands twice."),
    "number_repeated": _l("The number %(number)s stands twice."),
    "bounds_crossed": _l("The least is not below the most."),
    "reading_unknown": _l("There is no such unassigned reading."),
    "simulated_not_allowed": _l("Simulated and replayed readings are taken only in a demo competition."),
    "screen_exists": _l("There is already a screen %(code)s."),
    "screen_unknown": _l("There is no such screen."),
    "view_needs_field": _l("Say which field this shows."),
    "view_needs_division": _l("Say which division this shows."),
    "entry_unknown": _l("There is no such entry."),
    "entry_changed_meanwhile": _l("Somebody changed this team meanwhile. Open it anew to see how it is now."),
    "entry_drawn": _l(
        "№ %(number)s is in a draw or has results already, so its division stays. Withdraw it and register it anew."
    ),
    # What `flask doctor` finds
    "data_missing": _l("There is no folder %(folder)s yet. Start Baige once: make run."),
    "data_read_only": _l("Nothing can be written to %(folder)s. Make it this user's own."),
    "disk_nearly_full": _l("Only %(free_mb)s MB are free on the disk. Make room before the day begins."),
    "database_missing": _l("There is no database in %(folder)s yet. Start Baige once: make run."),
    "database_damaged": _l(
        "The database is damaged: %(reason)s. Stop the server and bring it back: make restore."
    ),
    "database_old": _l("The database has the shape of an earlier version. Start Baige once: make run."),
    "log_broken": _l(
        "The log of %(chain)s is broken at entry %(seq)s: it was changed from outside, or damaged."
    ),
    "row_altered": _l("In %(chain)s the row %(id)s of %(table)s no longer says what the log vouches for."),
    "secret_readable": _l("Other users of this machine can read %(file)s. Take that right away: chmod 600."),
    "folder_readable": _l(
        "Other users of this machine can look into %(folder)s. Take that right away: chmod 700. "
        "A stick with FAT cannot do that: keep it locked away."
    ),
    "backup_none": _l(
        "There is no second place for the data. Start with BACKUP=folder, on a stick for instance."
    ),
    "backup_gone": _l("The second place %(folder)s is not there. Plug the stick in."),
    "backup_empty": _l("The second place %(folder)s holds no copy yet. Is the server running with BACKUP=?"),
    "backup_behind": _l("The second place %(folder)s is %(seconds)s seconds behind."),
    "certificate_unreadable": _l("The certificate %(file)s cannot be read: %(reason)s."),
    "certificate_expires": _l("The certificate is valid for %(days)s more days."),
    "pages_unbuilt": _l("The pages are not built. Set up again: make setup."),
    "fonts_missing": _l("The typeface for papers is not there. Set up again: make setup."),
    "public_url_unreadable": _l("PUBLIC_URL is no address: %(address)s. Write https:// and a name."),
    "public_url_loopback": _l(
        "Links and QR codes begin with %(address)s, which only this machine can open. Start with PUBLIC_URL=address."
    ),
    "public_url_plain": _l(
        "Links and QR codes begin with %(address)s: whoever is in the network can read what is sent there. Use https."
    ),
    "public_url_local": _l(
        "Links and QR codes begin with %(address)s, which only this network knows: at home a diploma’s code leads"
        " nowhere. Its printed code can still be checked. PUBLIC_URL sets another address."
    ),
    "worker_missing": _l(
        "The worker does not run: lists are not read, papers not set, plans not made. Start with make run."
    ),
    "worker_silent": _l(
        "The worker gave no sign of life for %(seconds)s seconds. Start anew: make run. What waits is done then."
    ),
    "clock_alone": _l(
        "This machine's clock is not kept by the network. Times of day on papers may be wrong."
    ),
    "already_checked_in": _l("№ %(number)s is checked in already."),
    "not_checked_in": _l("№ %(number)s is not checked in."),
    "already_impounded": _l("The robot of № %(number)s is in impound already."),
    "not_impounded": _l("The robot of № %(number)s is not in impound."),
    "robot_over_limits": _l("The robot of № %(number)s is over a limit of its class, so it cannot pass."),
    "over_limit": _l("%(measured)s is more than the limit of %(limit)s."),
    "application_unknown": _l("There is no such application, or it was taken back."),
    "application_accepted": _l(
        "The application is accepted; its divisions stay as they are. Ask the organiser."
    ),
    "applications_closed": _l("Applications are not open."),
    "deadline_over": _l("The deadline is over. Ask the organiser for changes."),
    "too_young": _l("%(age)s years in the competition’s year; %(division)s takes members from %(bound)s."),
    "too_old": _l("%(age)s years in the competition’s year; %(division)s takes members up to %(bound)s."),
    "limits_reached": _l("Accepting this would go over a limit."),
    "division_full": _l("The division %(division)s has its %(most)s entries."),
    "organisation_full": _l("An organisation may have %(most)s entries."),
    "district_full": _l("A district or city may have %(most)s entries."),
    "region_full": _l("A region may have %(most)s entries."),
    "too_many_sent": _l("Too much was sent from here. Wait an hour, then try again."),
    "person_unknown": _l("There is no such person; they may have been erased."),
    "consent_text_unknown": _l("There is no consent text %(version)s."),
    "consent_not_given": _l("No consent stands that could be taken back."),
    "division_frozen": _l("The public leaderboard of this division is frozen already."),
    "division_not_frozen": _l("The public leaderboard of this division is not frozen."),
    "ceremony_begun": _l("The ceremony of this division has begun already."),
    "ceremony_not_begun": _l("The ceremony of this division has not begun."),
    "ceremony_over": _l("Everything has been revealed."),
    "reveal_stale": _l("This was pressed already; the ceremony is at step %(step)s."),
    "no_emergency": _l("There is no emergency message now."),
    "announcement_over": _l("Choose a time that is still to come, at most a day from now."),
    "announcement_unknown": _l("This announcement is over already."),
    "announcements_full": _l("%(count)s announcements are shown already. End one of them first."),
    "pairing_code_unknown": _l("No screen shows this code now. Read it from the screen again."),
    "account_unknown": _l("There is no such account."),
    "own_account": _l("You cannot close the account you are using."),
    "last_organiser": _l("This is the last organiser of the installation. Open another account first."),
    "account_ambiguous": _l("Several accounts have this name. Give the id of one of them: %(ids)s."),
    "topic_unknown": _l("There is no such live topic."),
    "pin_wrong": _l("The PIN does not fit this account."),
    "too_many_tries": _l(
        "Too many wrong PINs. Try again in %(minutes)s min, or ask the organiser for a sign-in link."
    ),
    "epoch_changed": _l("The server came back from a backup. What it may have lost is sent to it first."),
    "too_much_sent": _l("This account sent very much in a short time. It may be sent again in a moment."),
    "too_many_requests": _l(
        "This key asks too often. Wait a minute; an answer that did not change has an ETag."
    ),
    "token_wrong": _l("This link is used up or wrong. Ask the organiser for a new one."),
    "origin_foreign": _l("This request came from another site and was refused."),
    "request_too_large": _l("This is larger than the server takes in one piece."),
    "not_found": _l("There is nothing at this address."),
    "method_not_allowed": _l("This address does not take this kind of request."),
    "bad_request": _l("The request is not in the right form."),
    "server_error": _l("The server made a mistake. It was noted; what you sent was not stored."),
    # An archive of a competition
    "archive_broken": _l(
        "The file is damaged, or is no archive at all. Copy it again from where it was made."
    ),
    "archive_not_ours": _l("This is not an archive of a competition made by Baige."),
    "archive_of_newer_version": _l(
        "This archive was made by another version of Baige. Upgrade this one first."
    ),
    "archive_too_large": _l("The archive is larger than the %(most)s MB the server takes."),
    "archive_unpacks_too_large": _l("Something in the archive unpacks to more than %(most)s MB."),
    "archive_files_differ": _l("The archive does not hold what its list says: %(name)s."),
    "archive_file_altered": _l("The file %(name)s in the archive was altered after it was made."),
    "archive_too_many_entries": _l("The log in the archive has more than %(most)s entries."),
    "archive_log_altered": _l("The log in the archive was altered: its hashes do not end where they should."),
    "archive_entry_unreadable": _l("Entry %(seq)s of the log in the archive cannot be understood."),
    "archive_row_unreadable": _l("Row %(row)s beside the log in the archive cannot be understood."),
    "archive_row_altered": _l("Row %(row)s beside the log does not say what was sealed in the log."),
    "archive_not_of_competition": _l("The log in the archive is not that of the competition %(slug)s."),
    "archive_standings_differ": _l(
        "The standings that follow from the log are not those in the archive. Nothing was imported."
    ),
    "archive_not_shown": _l("What the archive says of %(topic)s cannot be shown."),
    "archive_picture_refused": _l("%(name)s in the archive is no picture we take."),
    "archive_known_already": _l("The competition %(slug)s here holds the same people and teams already."),
    "archive_reading_failed": _l("The archive could not be read; this was noted."),
    "server_running": _l(
        "The server is running on this data. Stop it first, or import on the organiser's pages."
    ),
    "stop_server_first": _l("The server is running on this data. Stop it, do this again, then start it."),
    # A problem of a spreadsheet
    "file_empty": _l("The file is empty."),
    "file_broken": _l("The file is damaged. Open it in a spreadsheet program and save it again."),
    "file_encrypted": _l("This file has a password. Save it without one and upload it again."),
    "file_quotes_open": _l(
        "A quotation mark opened at line %(line)s is not closed. Put it right and upload again."
    ),
    "file_reading_failed": _l("The file could not be read; this was noted. Save it as CSV and try again."),
    "file_not_spreadsheet": _l("This is not a spreadsheet. Upload an XLSX, XLS, ODS or CSV file."),
    "file_unpacks_too_large": _l("The file unpacks to more than the server takes."),
    "file_cell_too_long": _l("A cell in row %(row)s holds more than %(most)s characters. Shorten it."),
    "file_too_many_rows": _l("The file has too many rows. Split it; 20,000 at a time are fine."),
    "file_without_rows": _l("There are headings but no rows under them."),
    "heading_missing": _l(
        "There is no such column. Name one, for instance: %(examples)s. Headings found: %(found)s."
    ),
    "cell_empty": _l("This is needed."),
    "cell_too_long": _l("This is longer than %(most)s characters."),
    "cell_merged": _l("This cell is merged with others. Unmerge them and fill in each row."),
    "cell_unreadable": _l("Some letters here could not be read. Save the file as XLSX or in UTF-8."),
    "formula_in_cell": _l("There is a formula here. Paste its value instead."),
    "birth_year_unreadable": _l("“%(value)s” is no year of birth; it is left out."),
    "sex_unreadable": _l("“%(value)s” is not read as a sex; it is left out."),
    "organisation_kind_unknown": _l("“%(value)s” is no kind of organisation we know; it is left out."),
    "details_not_matched": _l(
        "There are %(found)s values for %(count)s members, so they are left out: give each member one."
    ),
    "team_differs": _l("This row says “%(now)s”, an earlier one of the team “%(was)s”, which counts."),
    "person_repeated": _l("%(name)s is in this team twice."),
    "person_elsewhere": _l("%(name)s is in another team as well: %(team)s, %(organisation)s."),
    # A problem of one field of a payload or sheet
    "field_missing": _l("This is needed."),
    "field_extra_forbidden": _l("This is not known here."),
    "field_string_too_short": _l("This is too short."),
    "field_string_too_long": _l("This is too long."),
    "field_string_pattern_mismatch": _l("This is not in the right form."),
    "field_year_wrong": _l("This is not in a year from 2000 to 2199."),
    "field_instant_invalid": _l("This is not a date and time."),
    "field_not_storable": _l("This cannot be stored: it is too large or holds numbers beyond 64 bits."),
    # A problem of a score sheet, as scoring/ names it
    "required": _l("This is needed."),
    "type_wrong": _l("This is not a value of the right kind (%(expected)s)."),
    "type_wrong.time": _l("This is not a time. Write it like 1:23.456 or 83.456."),
    "type_wrong.whole": _l("This is not a whole number."),
    "type_wrong.number": _l("This is not a number."),
    "type_wrong.yes_no": _l("This must be yes or no."),
    "not_finite": _l("This cannot be computed."),
    "too_large": _l("This is too large."),
    "not_whole": _l("This must be a whole number."),
    "below_min": _l("This must be at least %(min)s."),
    "above_max": _l("This must be at most %(max)s."),
    "off_step": _l("This must go in steps of %(step)s."),
    "option_unknown": _l("There is no option “%(option)s”."),
    "option_repeated": _l("An option is chosen twice."),
    "too_long": _l("This is too long."),
    "too_few_rows": _l("There are too few rows."),
    "too_many_rows": _l("There are too many rows."),
    "sheet_field_unknown": _l("The score sheet has no such field."),
}


def sentence(code: str, facts: dict[str, Any] | None = None) -> str:
    """The sentence for ``code`` in the request's language; an unknown code is shown as it is.

    A code that says what was ``expected`` may have a sentence for that, which needs no name of a type.
    """
    narrower = f"{code}.{(facts or {}).get('expected')}"
    code = narrower if narrower in SENTENCES else code
    if code not in SENTENCES:
        return str(gettext("This is not right (%(code)s).", code=code))
    wording = _wording(code, request_locale())
    try:
        return str(wording % (facts or {}))
    except (KeyError, ValueError):
        return wording


@cache
def _wording(code: str, _locale: str | None) -> str:
    """The wording of a code in a language; looked up once, for every receipt has one."""
    return str(SENTENCES[code])
