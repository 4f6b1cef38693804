Routes that refuse, one way or another.

Setup:

  $ ip netns add lab
  $ ip -n lab link set lo up
  $ ip -n lab addr add 198.51.100.1/32 dev lo

A blackhole swallows, an unreachable route says so:

  $ ip -n lab route add blackhole 10.200.0.0/16
  $ ip -n lab route add unreachable 10.201.0.0/16
  $ ip -n lab route show type blackhole
  blackhole 10.200.0.0/16 
  $ ip netns exec lab ping -c 1 -W 1 10.201.0.1
  ping: connect: No route to host
  [2]

The table holds what we put there:

  $ ip -n lab route | sed 's/ *$//' | sort
  blackhole 10.200.0.0/16
  unreachable 10.201.0.0/16

Its own address always answers:

  $ ip netns exec lab ping -c 1 198.51.100.1
  PING 198.51.100.1 (198.51.100.1) 56(84) bytes of data.
  64 bytes from 198.51.100.1: icmp_seq=1 ttl=64 time=* ms (glob)
  
  --- 198.51.100.1 ping statistics ---
  1 packets transmitted, 1 received, 0% packet loss, time 0ms
  rtt min/avg/max/mdev = .* ms (re)

Several lines at once:

  $ for n in 1 2 3; do
  >   echo "table $n"
  > done
  table 1
  table 2
  table 3

And gone:

  $ ip netns del lab
  $ ip netns exec lab true
  Cannot open network namespace "lab": No such file or directory
  [1]
