ip netns add haus
ip netns add garten
ip link add h0 netns haus type veth peer name g0 netns garten
ip -n haus addr add 10.1.99.1/24 dev h0
ip -n garten addr add 10.1.99.2/24 dev g0
ip -n haus link set h0 up
ip -n garten link set g0 up
ls -la
ip netns exec haus ping -c 3 10.1.99.2
ip netns exec garten bash
ip route add default via 10.1.99.1
ip route
exit
sysctl -w net.ipv4.ip_forward=1
ip netns exec garten tcpdump -ni g0
history
ip netns del haus
ip netns del garten
