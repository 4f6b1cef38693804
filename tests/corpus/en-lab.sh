#!/usr/bin/env bash
# Builds a small routed lab: left -- router -- right
# usage: ./en-lab.sh
set -euo pipefail

LEFT=10.20.1
RIGHT=10.20.2

# make_host NAME NET: a namespace with one leg to the router
make_host() {
    local name=$1 net=$2
    ip netns add "$name"
    ip link add "$name-eth" netns "$name" type veth peer name "to-$name" netns router
    ip -n "$name" addr add "$net.2/24" dev "$name-eth"
    ip -n router addr add "$net.1/24" dev "to-$name"
    ip -n "$name" link set "$name-eth" up
    ip -n router link set "to-$name" up
    ip -n "$name" route add default via "$net.1"
}

ip netns add router
make_host left "$LEFT"
make_host right "$RIGHT"

# forwarding is off in a fresh namespace
ip netns exec router sysctl -w net.ipv4.ip_forward=1 >/dev/null

cat <<TXT >/tmp/lab-hosts
$LEFT.2  left
$RIGHT.2 right
TXT

if ip netns exec left ping -c 1 "$RIGHT.2" >/dev/null; then
    echo "lab is up"
else
    echo "lab is broken" >&2
    exit 1
fi

for ns in left right router; do
    ip netns del "$ns"
done
rm -f /tmp/lab-hosts
