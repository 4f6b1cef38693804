#1699275003
ip netns add blue
#1699275011
ip netns add green
#1699275030
ip link add b0 netns blue type veth peer name g0 netns green
#1699275032
ip -n blue addr add 10.3.3.1/24 dev b0
#1699275040
ip -n green addr add 10.3.3.2/24 dev g0
#1699275044
ip -n blue link set b0 up && ip -n green link set g0 up
#1699275061
ip netns exec blue ping -c1 10.3.3.2
#1699275077
ip netns exec green tcpdump -c 4 -ni g0
#1699275102
vim notes.txt
#1699275380
for i in 1 2 3; do
  ip netns exec blue ping -c1 10.3.3.$i
done
#1699275399
ip netns del blue; ip netns del green
