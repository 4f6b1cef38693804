"""C5, line by line: a step runs in a real terminal, and nothing that a command does spoils the next step."""

import re

import pytest

from tests.playing import play, why, words


def outputs(text: str, **options: object) -> list[str]:
    transcript = play(text, **options)
    assert set(words(transcript)) == {"passed"}, [(e.command, why(e), e.text) for e in transcript.entries]
    return [e.text for e in transcript.entries]


def test_state_persists_between_steps() -> None:
    assert outputs("""
        steps:
          - run: x=1; cd /tmp; f() { echo "f $1 $x"; }; alias hi='echo alias'
          - run: f two; pwd
          - run: hi
          - run: export Y=env
          - run: printenv Y
    """)[1:] == ["f two 1\n/tmp\n", "alias\n", "", "env\n"]


@pytest.mark.parametrize(
    "shell",
    ["bash", "sh", "unshare -n bash", "bash --norc", "ip netns exec ns1 bash", "exec bash", "env -i bash"],
)
def test_nested_shells_and_leaving_them(shell: str) -> None:
    leave = "true" if shell.startswith("exec") else "exit"
    transcript = play(f"""
        steps:
          - run: ip netns add ns1
          - run: x=outer
          - run: {shell}
          - run: x=inner; (exit 7)
            expect: {{exit: 7}}
          - run: echo $x
            expect: {{contains: inner}}
          - run: |
              cat <<END
              here $x
              END
            expect: {{matches: '^here inner$'}}
          - run: echo "open
          - run: {leave}
          - run: echo $x
    """)
    assert words(transcript) == ["passed"] * 6 + ["errored", "passed", "passed"], [
        (e.command, why(e), e.text) for e in transcript.entries
    ]
    last = "inner\n" if shell.startswith("exec") else "outer\n"
    assert transcript.entries[-1].text == last


def test_nested_shell_sees_its_own_network() -> None:
    assert outputs("""
        steps:
          - run: ip netns add ns1
          - run: ip link add v1 type veth peer v2 netns ns1
          - run: ip netns exec ns1 bash
          - run: ls /sys/class/net
          - run: ip netns identify $$
          - run: exit
          - run: ls /sys/class/net
    """)[3:] == ["lo  v2\n", "ns1\n", "exit\n", "lo  v1\n"]


def test_heredocs_multi_line_commands_tabs_and_cjk() -> None:
    texts = outputs(r"""
        steps:
          - run: |
              cat <<'END' > f
              a	tab
              通 不通 한국어
              $not filled
              END
          - run: cat f
          - run: |
              for i in 1 2
              do
                echo "round $i"
              done
          - run: |-
              echo one \
              two
          - run: "printf '%s\n' 'a\n b'"
          - run: |
              echo first
              echo second
    """)
    assert texts[1] == "a\ttab\n通 不通 한국어\n$not filled\n"
    assert texts[2] == "round 1\nround 2\n"
    assert texts[3] == "one two\n"
    assert texts[5] == "first\nsecond\n"


@pytest.mark.parametrize("length", [3900, 4090, 4096, 5000, 100_000])
def test_a_command_longer_than_a_terminal_line(length: int) -> None:
    word = "x" * length
    texts = outputs(f"""
        steps:
          - run: y={word}
          - run: echo ${{#y}}
          - run: echo {word} | wc -c
    """)
    assert texts[1] == f"{length}\n"
    assert texts[2] == f"{length + 1}\n"


def test_control_characters_in_a_command_are_typed_as_themselves() -> None:
    assert outputs("steps: [{run: \"printf %s '\\x01\\x03\\x1b' | od -An -tx1\"}]") == [" 01 03 1b\n"]


def test_a_step_that_reads_its_input_is_told_apart_and_the_next_goes_on() -> None:
    transcript = play("""
        steps:
          - run: echo asking; read x
            timeout: 500ms
          - run: echo next
          - run: cat
            timeout: 500ms
          - run: echo last
    """)
    assert words(transcript) == ["errored", "passed", "errored", "passed"]
    assert "did not end within 0.5 s" in why(transcript.entries[0])
    assert transcript.entries[0].text.startswith("asking\n")
    assert [e.text for e in transcript.entries[1::2]] == ["next\n", "last\n"]


def test_a_dialogue_answers_what_is_asked() -> None:
    [text] = outputs("""
        steps:
          - run: read -p 'Name? ' name; read -s -p 'Password:' word; echo "[$name:$word]"
            send:
              - {expect: 'Name\\? $', send: "{{ 'jun' }}"}
              - {expect: 'Password:', send: secret}
            expect: {contains: '[jun:secret]'}
    """)
    assert text == "Name? jun\nPassword:[jun:secret]\n"


def test_a_dialogue_whose_question_never_comes_names_it() -> None:
    transcript = play("""
        steps:
          - run: read -p 'Login ' name
            send: [{expect: 'Password:', send: x}]
            timeout: 500ms
          - run: echo on
    """)
    assert words(transcript) == ["errored", "passed"]
    assert "/Password:/ was not seen" in why(transcript.entries[0])


def test_an_open_quote_errs_at_once() -> None:
    transcript = play("""
        steps:
          - run: echo "open
          - run: |
              cat <<END
              never closed
          - run: echo next
            expect: {output: next}
    """)
    assert words(transcript) == ["errored", "errored", "passed"]
    assert "open" in why(transcript.entries[0])
    assert transcript.seconds < 5


@pytest.mark.parametrize(
    ("command", "status"),
    [("exit 3", 3), ("exec sh -c 'exit 4'", 4), ("kill -9 $$", 137), ("kill -TERM $$; kill -KILL $$", 137)],
)
def test_a_shell_that_ends_is_reported_and_replaced(command: str, status: int) -> None:
    transcript = play(f"""
        steps:
          - run: x=1
          - run: {command}
          - run: {command}
            expect: {{exit: {status}}}
          - run: echo new "[$x]"
            expect: {{output: 'new []'}}
    """)
    assert words(transcript) == ["passed", "failed", "passed", "passed"], [why(e) for e in transcript.entries]
    ended = transcript.entries[1]
    assert (ended.ending, ended.exit) == ("shell", status)


def test_set_e_ends_the_shell_and_says_so() -> None:
    transcript = play("steps: [{run: set -e}, {run: 'false'}, {run: echo on}]")
    assert words(transcript) == ["passed", "failed", "passed"]
    assert transcript.entries[1].ending == "shell"


def test_background_jobs_do_not_hold_a_step_and_their_notices_harm_nothing() -> None:
    transcript = play("""
        steps:
          - run: sleep 60 &
          - run: echo quick
            expect: [{contains: quick}, {within: 2s}]
          - run: sleep 0.2 &
          - run: sleep 0.5
          - run: echo after
            expect: {contains: after}
          - run: jobs
            expect: {contains: sleep 60}
          - run: (for i in 1 2 3 4 5; do echo noise; sleep 0.1; done) &
          - run: sleep 0.3; echo own
            expect: {contains: own}
          - run: kill %1
    """)
    assert set(words(transcript)) == {"passed"}, [(e.command, why(e), e.text) for e in transcript.entries]
    assert transcript.seconds < 10


def test_odd_output() -> None:
    texts = outputs(r"""
        steps:
          - run: printf 'no newline'
          - run: printf '10%%\r50%%\r100%%\n'
          - run: printf '\033[31mred\033[0m \033[1mbold\033[0m\n'
          - run: printf 'a\0b\n'
          - run: printf '\377\376 bytes\n'
          - run: printf 'ab\bc\n'
          - run: printf '\033]0;title\007shown\n'
          - run: echo done
    """)
    assert texts == ["no newline", "100%\n", "red bold\n", "ab\n", "�� bytes\n", "ac\n", "shown\n", "done\n"]


def test_fifty_megabytes() -> None:
    transcript = play(
        """
        steps:
          - run: head -c 50000000 /dev/zero | tr '\\0' x | fold -w 99
          - run: echo on
            expect: {output: 'on'}
    """,
        step_timeout=120,
    )
    assert words(transcript) == ["passed", "passed"], [why(e) for e in transcript.entries]
    assert transcript.entries[0].text.count("x") == 50_000_000


def test_a_flood_errs_at_its_limit_with_what_was_printed() -> None:
    transcript = play(
        """
        steps:
          - run: yes
          - run: echo on
            expect: {output: 'on'}
    """,
        output=1_000_000,
    )
    assert words(transcript) == ["errored", "passed"]
    assert "more than 1 MB" in why(transcript.entries[0])
    assert transcript.entries[0].text.startswith("y\ny\n")
    assert len(transcript.entries[0].text) < 2_000_000


@pytest.mark.parametrize(
    "imitation",
    [
        "printf '$ '; sleep 0.3; echo real",
        "printf '# '; sleep 0.3; echo real",
        "printf '> '; sleep 0.3; echo real",
        r"printf '\033]133;D;0\007'; sleep 0.3; echo real",
        'printf %s "$PS1"; sleep 0.3; echo; echo real',
        'echo "${PS1@P}"; sleep 0.3; echo real',
        'echo "${PS2@P}"; sleep 0.3; echo real',
        'echo "${PS0@P}"; sleep 0.3; echo real',
        'for i in 1 2 3; do echo "${PS1@P}"; sleep 0.1; done; echo real',
        'sh -c "sleep 0.3; echo real"; : "${PS1@P}"',
        "env; set; declare -p; sleep 0.2; echo real",
        "cat /proc/$$/environ; echo; sleep 0.2; echo real",
        "PS1='mine> '; PS2=; sleep 0.2; echo real",
        "set -x; sleep 0.2; set +x; echo real",
    ],
)
def test_output_that_imitates_prompt_or_sentinel_fools_nothing(imitation: str) -> None:
    transcript = play(f"""
        steps:
          - run: |-
              {imitation}
            timeout: 5s
            expect: [{{matches: 'real$'}}, {{exit: 0}}]
          - run: echo next; (exit 5)
            expect: [{{output: next}}, {{exit: 5}}]
          - run: echo last
            expect: {{output: last}}
    """)
    assert words(transcript) == ["passed"] * 3, [(why(e), e.text) for e in transcript.entries]


def test_ctrl_c_keeps_the_closing_statistics() -> None:
    transcript = play("""
        steps:
          - run: ip link set lo up
          - run: ping 127.0.0.1
            until: '(?s)(bytes from.*){2}'
          - stop: main
            expect: [通, {contains: packets transmitted}]
          - run: tcpdump -i lo -n icmp
            terminal: monitor
            until: listening on
          - run: ping -c 2 127.0.0.1
            expect: 通
          - stop: monitor
            expect: [{contains: ICMP echo reply}, {contains: packets captured}]
          - run: echo on
    """)
    assert set(words(transcript)) == {"passed"}, [(why(e), e.text) for e in transcript.entries]


def test_two_terminals_see_the_same_namespaces() -> None:
    assert outputs("""
        steps:
          - run: ip netns add a
            terminal: one
          - run: ip netns list
            terminal: two
            expect: {output: a}
          - run: ip netns exec a ip link set lo up
            terminal: two
          - run: ip -n a -br link show lo | grep -o UNKNOWN
            terminal: one
            expect: {output: UNKNOWN}
          - run: tty
            terminal: one
          - run: tty
            terminal: two
    """)[4:] == ["/dev/pts/0\n", "/dev/pts/1\n"]


def test_a_command_that_ignores_signals_is_ended_all_the_same() -> None:
    transcript = play("""
        steps:
          - run: |
              bash -c 'trap "" INT TERM QUIT; echo stubborn; while :; do sleep 1; done'
            timeout: 500ms
          - run: echo same shell
            expect: {output: same shell}
          - run: trap '' INT QUIT; while :; do :; done
            timeout: 500ms
          - run: echo new shell
            expect: {output: new shell}
    """)
    assert words(transcript) == ["errored", "passed", "errored", "passed"], [why(e) for e in transcript.entries]
    assert transcript.entries[0].text.startswith("stubborn\n")


def test_a_stop_of_a_command_that_ignores_signals() -> None:
    transcript = play("""
        steps:
          - run: bash -c 'trap "" INT TERM QUIT; echo ready; while :; do sleep 1; done'
            terminal: t
            until: ready
          - stop: t
          - run: echo on
            terminal: t
            expect: {output: 'on'}
    """)
    assert words(transcript) == ["passed"] * 3, [why(e) for e in transcript.entries]


def test_a_timeout_keeps_what_was_printed() -> None:
    transcript = play("steps: [{run: 'echo so far; sleep 60', timeout: 500ms}, {run: echo on}]")
    first = transcript.entries[0]
    assert words(transcript) == ["errored", "passed"]
    assert re.match(r"so far\n", first.text)
    assert "0.5 s" in why(first)


def test_the_terminal_is_one() -> None:
    texts = outputs("""
        size: {columns: 100, rows: 40}
        steps:
          - run: test -t 0 && test -t 1 && test -t 2 && echo terminal
          - run: stty size
          - run: echo $TERM
    """)
    assert texts == ["terminal\n", "40 100\n", "xterm-256color\n"]


def test_typing_into_a_running_command() -> None:
    transcript = play("""
        steps:
          - run: echo ready; cat > f
            terminal: writer
            until: ready
          - send: first line
            terminal: writer
          - send: second line
            terminal: writer
          - stop: writer
          - run: cat f
            expect: {output: "first line\\nsecond line"}
    """)
    assert set(words(transcript)) == {"passed"}, [(e.command, why(e), e.text) for e in transcript.entries]


def test_a_run_of_several_lines_is_judged_line_by_line_and_shown_so() -> None:
    from replayer.formats.catalogue import FORMATS

    transcript = play("""
        steps:
          - run: |
              echo one
              false
              echo three
          - run: |
              for i in 1 2
              do echo $i
              done
              echo after
    """)
    assert words(transcript) == ["failed", "passed"]
    assert "exit status 1 of 'false'" in why(transcript.entries[0])
    assert FORMATS["text"](transcript) == (
        "# echo one\none\n# false\n# echo three\nthree\n"
        "# for i in 1 2\n> do echo $i\n> done\n1\n2\n# echo after\nafter\n"
    )


def test_what_a_background_job_prints_is_not_the_next_commands() -> None:
    transcript = play("""
        steps:
          - run: ip link set lo up
          - run: ping -c 2 -i 0.2 127.0.0.1 &
          - wait: 1s
          - run: ls /nonexistent
            expect: 通
          - run: (sleep 0.2; echo id=$((6*7))) &
          - wait: 500ms
          - run: "true"
            capture: {id: 'id=(\\d+)'}
    """)
    assert words(transcript) == ["passed", "passed", "errored", "passed", "failed"], [
        why(e) for e in transcript.entries
    ]


def test_a_stop_of_what_had_ended_by_itself_errs() -> None:
    transcript = play("""
        steps:
          - run: echo ready; sleep 0.1; (exit 1)
            terminal: t
            until: ready
          - wait: 500ms
          - stop: t
            expect: {lacks: anything}
          - run: echo on
            terminal: t
    """)
    assert words(transcript) == ["passed", "errored", "passed"]
    assert "had ended by itself" in why(transcript.entries[2])


def test_a_long_command_needs_no_program_to_be_typed() -> None:
    transcript = play(f"""
        steps:
          - run: saved=$PATH; PATH=/nonexistent
          - run: x={"y" * 5000}; builtin echo ${{#x}}
            expect: {{output: '5000'}}
          - run: nosuch {"y" * 5000}
          - run: PATH=$saved
    """)
    assert words(transcript) == ["passed", "passed", "errored", "passed"], [why(e) for e in transcript.entries]


def test_a_process_that_holds_the_terminal_of_a_shell_that_ended() -> None:
    transcript = play("""
        steps:
          - run: setsid sleep 30 &
          - run: exit 3
            expect: {exit: 3}
          - run: echo on
            expect: {output: 'on'}
    """)
    assert words(transcript) == ["passed"] * 3, [why(e) for e in transcript.entries]
    assert transcript.seconds < 15


def test_output_of_other_terminals_is_kept_while_a_quote_is_closed() -> None:
    transcript = play("""
        steps:
          - run: i=0; echo begun; while sleep 0.01; do i=$((i+1)); echo tick $i; done
            terminal: monitor
            until: begun
          - run: trap 'sleep 0.6' INT
          - run: echo "open
          - stop: monitor
            expect: {lacks: tick 30}
    """)
    assert words(transcript) == ["passed", "passed", "errored", "failed"], [why(e) for e in transcript.entries]


def test_a_program_that_is_not_there_errs_behind_netns_exec_and_in_a_pipe() -> None:
    transcript = play("""
        steps:
          - run: ip netns add n
          - run: ip netns exec n frobnicate
            expect: {lacks: foo}
          - run: ip netns exec nosuch true
            expect: {lacks: foo}
          - run: frobnicate | cat
          - run: frobnicate
            expect: {contains: command not found, exit: 127}
    """)
    assert words(transcript) == ["passed", "errored", "errored", "errored", "passed"], [
        why(e) for e in transcript.entries
    ]


def test_eventually_runs_a_command_again_until_it_shows_what_is_expected() -> None:
    transcript = play("""
        steps:
          - run: n=0
          - run: n=$((n+1)); echo try $n
            expect: {contains: try 3}
            eventually: {timeout: 5s, every: 100ms}
          - run: echo never
            expect: {contains: always}
            eventually: {timeout: 500ms, every: 200ms}
          - run: sleep 20
            expect: {contains: x}
            eventually: 1s
    """)
    assert words(transcript) == ["passed", "passed", "failed", "errored"]
    assert (transcript.entries[1].attempt, transcript.entries[1].text) == (3, "try 3\n")
    assert transcript.entries[2].attempt == 3
    assert transcript.seconds < 8


def test_teardown_is_played_after_the_scenarios_time() -> None:
    transcript = play(
        """
        steps: [{run: sleep 30}, {run: echo never}]
        teardown: [{run: sleep 0.2; echo undone}]
        """,
        run_timeout=1.0,
    )
    assert words(transcript) == ["errored", "skipped", "passed"]
    assert "the scenario took longer than 1 s" in why(transcript.entries[0])


def test_the_screen_is_as_wide_as_the_terminal() -> None:
    texts = outputs("""
        size: {columns: 60, rows: 20}
        steps: [{run: "printf '%0100d\\\\rX\\\\n' 0"}]
    """)
    assert texts[0].rstrip("\n").replace("\n", "") == "0" * 60 + "X" + "0" * 39
